import type { FastifyRequest } from "fastify";
import { Context, type ContextOptions } from "../federation/context";

/** A request's context, with what the server alone needs to know of it. */
export class RequestContext extends Context {
  /** True once an operation was answered, be it with errors: the request was one of GraphQL. */
  isAnswered = false;

  constructor(
    options: ContextOptions,
    readonly request: FastifyRequest,
  ) {
    super(options);
  }
}
