import type { FastifyRequest } from "fastify";
import { Context, type ContextOptions } from "../federation/context";
import type { OperationWork } from "./limits/operation-work";

/** A request's context, with what the server alone needs to know of it. */
export class RequestContext extends Context {
  /**
   * `isOperation` is true once the request turned out to hold the text of an operation, be it a wrong one; `isMutation` once it is known to
   * be one that writes; `isUnplanned` once there turned out to be no plan that answers it without an error; `isWhole` once a query was answered without an error, with nothing in it that is of this request alone. In an object
   * of its own, since Apollo executes with a shallow copy of the context.
   */
  readonly progress = { isOperation: false, isMutation: false, isUnplanned: false, isWhole: false };

  constructor(
    options: ContextOptions,
    readonly request: Pick<FastifyRequest, "id" | "log">,
    /** What limits know of it; null for what they let in by another door: events of subscriptions. */
    readonly work: OperationWork | null = null,
  ) {
    super(work ? { signal: work.signal, ...options } : options);
  }
}
