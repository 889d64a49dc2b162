import { setTimeout as sleep } from "node:timers/promises";
import { GraphQLError } from "graphql";
import { unauthenticated } from "../../errors";
import { RATE_LIMIT_HEADER, tellRateLimit } from "../limits/told-rate-limit";
import { EXACT, LEAST } from "../sealed-headers";
import { spanned } from "../tracing/spanned";
import type { Told } from "./pinned-revision";
import { postJson } from "./post-json";
import { readAnswer, type SubgraphAnswer } from "./read-answer";
import type { SubgraphMetrics } from "./subgraph-metrics";
import { holesOf, type SubgraphRequest, textOf } from "./subgraph-request";

/** How long after a failure a read is tried again, in milliseconds. */
const PAUSES = [50, 250];

/** Statuses of servers that are just not there. */
const AWAY = [502, 503, 504];

export interface AskOptions {
  /** How long a subgraph may take to answer, all tries together, in milliseconds. */
  readonly timeout: number;
  /** Where requests are counted. Default: nowhere. */
  readonly metrics?: SubgraphMetrics;
}

const NOTHING: Told = { exact: null, least: null, shown: null };

interface Got {
  readonly answer: SubgraphAnswer;
  readonly told: Told;
}

/** A failure as the answer that it makes: an error at each place that stays empty. */
function failed(request: SubgraphRequest, { message, code }: { readonly message: string; readonly code: string }): Got {
  const errors = holesOf(request).map((path) => new GraphQLError(message, { path, extensions: { code, subgraph: request.subgraph } }));
  return { answer: { data: null, errors, revision: null, sealed: null }, told: NOTHING };
}

/** What a request is sent with. */
export const headersFor = ({ context, isOurs }: Pick<SubgraphRequest, "context" | "isOurs">): Record<string, string> => ({
  "content-type": "application/json",
  "x-request-id": context.request.id,
  ...(isOurs && context.authorization !== undefined ? { authorization: context.authorization } : {}),
  ...(isOurs && context.work ? { [RATE_LIMIT_HEADER]: tellRateLimit(context.work.rateLimit()) } : {}),
});

/** One try. Throws if the subgraph cannot be reached, or is away. */
async function send(request: SubgraphRequest, headers: Record<string, string>, signal: AbortSignal): Promise<Got> {
  const { url, document, variables, subgraph, context } = request;
  const body = JSON.stringify({ query: textOf(document), variables });
  const { status, headers: told, text } = await postJson(url, { ...headers, accept: "application/json" }, body, signal);
  if (AWAY.includes(status)) throw new Error(`It answered with status ${status}.`);
  const answer = readAnswer(text, request);
  const words = answer?.errors[0]?.message ?? "";
  if (status === 401 && request.isOurs) context.progress.refusal ??= unauthenticated(words);
  if (answer === null || (answer.data === null && status >= 500)) {
    context.request.log.error({ subgraph, status }, "A subgraph answered what is no answer.");
    return failed(request, { message: `The subgraph ${subgraph} gave no good answer.`, code: "UNAVAILABLE" });
  }
  const named = (name: string): string | null => (typeof told[name] === "string" ? told[name] : null);
  const revision = { exact: named(EXACT), least: named(LEAST), shown: answer.revision };
  if (answer.data !== null || answer.errors.some(({ path }) => path)) return { answer, told: revision };
  return { ...failed(request, { message: words, code: String(answer.errors[0].extensions.code) }), told: revision };
}

/** Sends a request, and reads again and again while the subgraph is away; what may write is sent once. Resolves to what goes wrong, too. */
async function tryToSend(request: SubgraphRequest, headers: Record<string, string>, { timeout, metrics }: AskOptions): Promise<Got> {
  const { subgraph, context, kind } = request;
  const end = metrics?.begin(subgraph);
  const late = AbortSignal.timeout(timeout);
  const signal = AbortSignal.any([late, context.signal]);
  const pauses = kind === "query" ? [...PAUSES] : [];
  for (;;) {
    try {
      const got = await send(request, headers, signal);
      end?.(true);
      return got;
    } catch (error) {
      const pause = signal.aborted ? undefined : pauses.shift();
      if (pause === undefined) {
        end?.(context.signal.aborted);
        if (!context.signal.aborted) context.request.log.warn({ err: error, subgraph }, "A subgraph does not answer.");
        return late.aborted
          ? failed(request, { message: `The subgraph ${subgraph} did not answer in time.`, code: "SUBGRAPH_TIMEOUT" })
          : failed(request, { message: `The subgraph ${subgraph} does not answer. Try again later.`, code: "UNAVAILABLE" });
      }
      await sleep(pause);
    }
  }
}

const attempt = (...asked: Parameters<typeof tryToSend>): Promise<Got> => {
  const [{ subgraph }] = asked;
  return spanned(
    () => `ask ${subgraph}`,
    () => ({ "scoretree.subgraph": subgraph }),
    () => tryToSend(...asked),
  );
};

/** Asks a subgraph. Does not throw for what it answers or fails to: each place that stays empty has an error that says why. */
export async function askSubgraph(request: SubgraphRequest, options: AskOptions): Promise<SubgraphAnswer> {
  const headers = headersFor(request);
  request.context.progress.isOfOthers ||= !request.isOurs;
  if (!request.isOurs) return (await attempt(request, headers, options)).answer;
  const { pinned } = request.context;
  const { answer } = await pinned.asking(request.kind === "mutation", (wanted) => attempt(request, { ...headers, ...wanted }, options));
  pinned.isExpired ||= answer.errors.some(({ extensions }) => extensions.code === "EXPIRED_REVISION");
  return answer;
}
