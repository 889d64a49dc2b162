import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ExpectedError } from "../../errors";
import { errorAnswer } from "../error-answer";
import { goneSignal } from "../gone-signal";
import type { Budgets } from "../limits/budgets";
import { FILE_COST, FilePlaces } from "../limits/file-places";
import { ANY_REQUEST, nameBudget } from "../limits/name-budget";
import type { Graph } from "./graph";

/** What of a request is passed on. */
const ASKED = ["accept-encoding", "authorization", "if-none-match"];

/** What of an answer belongs to the connection that it came over (RFC 9110, 7.6.1), or is told by this server itself. */
const OF_CONNECTION = ["connection", "keep-alive", "transfer-encoding", "trailer", "date", "x-request-id", "strict-transport-security"];

export interface PassExportsOptions {
  readonly graph: () => Graph;
  /** What addresses may use. */
  readonly budgets: Budgets;
  /** How long an answer may take to begin, in milliseconds. */
  readonly timeout: number;
}

/** Passes `/exports/…` on from the server of the subgraph scores, which has all that files are made of: as it comes, trailers included. */
export function passExports(server: FastifyInstance, { graph, budgets, timeout }: PassExportsOptions): void {
  const places = new FilePlaces();
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const place = graph().subgraphs.get("scores");
    if (place === undefined) return reply.code(404).send(errorAnswer("NOT_FOUND", "There are no exports."));
    const budget = budgets.of(request.raw, null);
    budget.take(ANY_REQUEST);
    places.enter(budgets.askerOf(request.raw, null), reply);
    let answer: IncomingMessage;
    try {
      answer = await ask(place, request, goneSignal(reply), timeout);
    } catch (error) {
      request.log.warn({ err: error }, "An export could not be fetched.");
      throw new ExpectedError("UNAVAILABLE", "The subgraph scores does not answer. Try again later.");
    }
    try {
      if (answer.statusCode === 200) budget.take(FILE_COST);
    } catch (error) {
      answer.destroy();
      throw error;
    }
    nameBudget(reply, budget);
    void reply.code(answer.statusCode!);
    for (const [name, value] of Object.entries(answer.headers))
      if (!OF_CONNECTION.includes(name) && !reply.raw.hasHeader(name)) void reply.header(name, value);
    if (answer.headers.trailer) reply.trailer(answer.headers.trailer, async () => answer.trailers[answer.headers.trailer!]!);
    return reply.send(answer);
  };
  for (const url of ["/exports", "/exports/*"]) server.route({ method: ["GET", "HEAD"], url, handler });
}

/**
 * Asks a server for what a request asks this one for. An answer has to begin within `timeout` milliseconds, and may then take as long as it
 * takes; to HEAD it begins when the file was made.
 */
function ask(place: string, { raw, method, headers, id }: FastifyRequest, signal: AbortSignal, timeout: number): Promise<IncomingMessage> {
  const target = new URL(place);
  const [path, ...search] = raw.url!.split("?");
  target.pathname = path;
  target.search = search.join("?");
  const passed: IncomingHttpHeaders = Object.fromEntries(
    ASKED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
  return new Promise((resolve, reject) => {
    const send = target.protocol === "https:" ? requestHttps : requestHttp;
    const sent = send(target, { method, signal, headers: { ...passed, "x-request-id": id } });
    const timer = method === "HEAD" ? undefined : setTimeout(() => sent.destroy(new Error(`no answer in ${timeout} ms`)), timeout);
    sent.once("error", reject);
    sent.once("close", () => clearTimeout(timer));
    sent.once("response", (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    sent.end();
  });
}
