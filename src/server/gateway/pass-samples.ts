import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { FastifyInstance } from "fastify";
import { errorAnswer } from "../error-answer";
import type { Graph } from "./graph";

/** What of an answer is passed on. */
const PASSED = ["content-type", "content-length", "etag", "cache-control", "content-security-policy", "cross-origin-resource-policy"];

/** Passes `/samples/…` on from the server of the subgraph benchmarks, which has the files. */
export function passSamples(server: FastifyInstance, graph: () => Graph, timeout: number): void {
  server.get("/samples/*", async (request, reply) => {
    const place = graph().subgraphs.get("benchmarks");
    if (place === undefined) return reply.code(404).send(errorAnswer("NOT_FOUND", "There is no such sample."));
    const tag = request.headers["if-none-match"];
    let answer: Response;
    try {
      answer = await fetch(new URL(request.url.split("?")[0], place), {
        headers: { "x-request-id": request.id, ...(tag === undefined ? {} : { "if-none-match": tag }) },
        redirect: "error",
        signal: AbortSignal.timeout(timeout),
      });
    } catch (error) {
      request.log.warn({ err: error }, "A sample could not be fetched.");
      return reply.code(503).send(errorAnswer("UNAVAILABLE", "The subgraph benchmarks does not answer. Try again later."));
    }
    void reply.code(answer.status);
    for (const name of PASSED) if (answer.headers.has(name)) void reply.header(name, answer.headers.get(name));
    return reply.send(answer.body ? Readable.fromWeb(answer.body as ReadableStream) : undefined);
  });
}
