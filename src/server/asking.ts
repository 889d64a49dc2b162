import type { ServerResponse } from "node:http";
import type { FastifyRequest } from "fastify";

/** As much of a request as an answer is made from: of one that came through Fastify, or past it. */
export type Asking = Pick<FastifyRequest, "id" | "method" | "url" | "headers" | "query" | "body" | "host" | "protocol" | "raw" | "log">;

/** As much of a reply as an answer is sent by. What is sent is text or bytes, or an object as JSON. */
export interface Answering {
  readonly raw: ServerResponse;
  header(name: string, value: string): Answering;
  getHeader(name: string): unknown;
  code(status: number): Answering;
  send(payload?: unknown): unknown;
}
