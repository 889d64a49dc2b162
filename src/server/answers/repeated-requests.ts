import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import { LRUCache } from "lru-cache";
import { errorAnswer } from "../error-answer";
import { logAnswered, type LoggedRequest } from "../logger";
import type { RequestMetrics } from "../metrics/request-metrics";
import { isCrossSite } from "../cross-site";
import { VARYING } from "../sealed-headers";
import { TRACE_HEADER } from "../start-apollo";
import type { Browsers } from "../tell-browsers";
import { answerHead } from "./answer-head";
import type { Budget } from "../limits/budgets";
import { ANY_REQUEST } from "../limits/name-budget";
import { retryAfter, statusOf } from "../limits/refusal-error";
import type { Shed } from "../limits/shedding";
import type { AnswerDirectly } from "./answer-directly";
import type { AnswerCounts } from "./counts";
import type { KeptAnswer } from "./kept-answers";

/** Bytes of the requests that are known, at most. */
const KNOWN_BYTES = 8 * 1024 * 1024;

/** Largest body that is looked at here, in bytes. */
const BODY_BYTES = 16 * 1024;

/** Requests with one of these headers are answered for who sends them, or from another board. */
const OWN = ["authorization", TRACE_HEADER, ...VARYING, "expect", "transfer-encoding"];

/** What a request turned out to ask. */
export interface KnownQuestion {
  /** Its answer at the newest public revision; null if that is not kept. */
  readonly find: () => KeptAnswer | null;
  /** The media type that is spoken with who asks so. */
  readonly mediaType: string;
  /** The header `Vary` of its answers. */
  readonly vary: string;
  /** The name of its operation; null for one without, undefined if that is not known any more. */
  readonly operation: string | null | undefined;
}

export interface RepeatedRequestsOptions {
  readonly browsers: Browsers;
  /** Where questions are asked, such as `/graphql`. */
  readonly paths: readonly string[];
  /** What the one may use who sent a request without an account. */
  readonly budgetOf: (request: IncomingMessage) => Budget;
  /** Says why a request is sent away, as there is too much to do. */
  readonly shed: Shed;
  readonly counts: AnswerCounts;
  /** Where requests are counted. Default: nowhere. */
  readonly metrics?: RequestMetrics;
  readonly logger: FastifyBaseLogger;
}

/** An address without its parameters. */
const pathOf = (url: string): string => {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
};

/** Everything of a request without its body that an answer may depend on; null if it is not for here. */
function headOf({ method, url = "", headers }: IncomingMessage, paths: readonly string[]): string | null {
  if (method !== "POST" && method !== "GET") return null;
  if (!paths.includes(pathOf(url))) return null;
  for (const name of OWN) if (headers[name] !== undefined) return null;
  if (isCrossSite(headers)) return null;
  const { host, accept, "accept-encoding": encoding, "content-type": type } = headers;
  return `${method} ${url}\n${host ?? ""}\n${accept ?? ""}\n${encoding as string}\n${type ?? ""}\n`;
}

/** Passes on the body of a request, of so many bytes, and puts it back for `next` unless `take` has taken it. */
function readBody(request: IncomingMessage, length: number, take: (body: Buffer) => boolean, next: () => void): void {
  const chunks: Buffer[] = [];
  let got = 0;
  const onData = (chunk: Buffer) => {
    chunks.push(chunk);
    got += chunk.length;
    if (got < length) return;
    request.off("data", onData);
    const body = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    if (take(body)) return void request.resume();
    request.pause();
    request.unshift(body);
    next();
  };
  request.on("data", onData);
}

/**
 * Answers requests that are the same to the byte as one that was answered before with what is kept, before anything else looks at them: what
 * such a request asks is known. That says nothing of the answer, which is looked for each time.
 */
export class RepeatedRequests {
  private readonly known = new LRUCache<string, KnownQuestion>({
    maxSize: KNOWN_BYTES,
    sizeCalculation: (_question, key) => key.length + 300,
  });
  private readonly keys = new WeakMap<IncomingMessage, string>();
  private readonly direct = new Map<string, AnswerDirectly>();

  constructor(private readonly options: RepeatedRequestsOptions) {}

  /** The same listener with this before it. `isEnding`: true once connections are not to be kept open. */
  before(listener: RequestListener, isEnding: () => boolean): RequestListener {
    const { paths } = this.options;
    return (request, response) => {
      const next = () => listener(request, response);
      const head = headOf(request, paths);
      const length = Number(request.headers["content-length"] ?? 0);
      if (head === null || !(length <= BODY_BYTES) || length > 0 !== (request.method === "POST")) return next();
      const take = (key: string) => this.answer(key, request, response, isEnding());
      if (length > 0)
        return readBody(
          request,
          length,
          (body) => {
            const key = head + body.toString("latin1");
            if (take(key) || this.sendAway(body, key, request, response)) return true;
            return this.direct.get(request.url!)?.(request, response, body, isEnding) ?? false;
          },
          next,
        );
      if (!take(head)) next();
    };
  }

  /** Hands requests at a path over that were not answered here; those that are not taken go on as they came. */
  handOver(path: string, answer: AnswerDirectly): void {
    this.direct.set(path, answer);
  }

  /** Remembers what a request asks that was not answered here. */
  learn(request: IncomingMessage, question: KnownQuestion): void {
    const key = this.keys.get(request);
    if (key !== undefined) this.known.set(key, question);
  }

  private sendAway(body: Buffer, key: string, request: IncomingMessage, response: ServerResponse): boolean {
    const refusal = this.options.shed(pathOf(request.url!), body, key);
    if (!refusal) return false;
    const [id, begin] = [randomUUID(), performance.now()];
    const { code, ...details } = refusal.extensions;
    const text = JSON.stringify(errorAnswer(code, refusal.message, details));
    const headers = ["content-type", "application/json; charset=utf-8", "cache-control", "no-store", "retry-after", retryAfter(refusal)!];
    const told = this.options.browsers.headers(request.headers.origin);
    const all = ["x-request-id", id, ...told, ...headers, "content-length", String(Buffer.byteLength(text))];
    response.writeHead(statusOf(refusal), all).end(text);
    this.observe(id, request, { status: statusOf(refusal), begin, codes: [code] });
    return true;
  }

  private answer(key: string, request: IncomingMessage, response: ServerResponse, isEnding: boolean): boolean {
    const begin = performance.now();
    const question = this.known.get(key);
    const answer = question?.find();
    const head = answer && answerHead(request, answer, question!.mediaType);
    const bytes = head && answer.as(head.encoding);
    if (!Buffer.isBuffer(bytes)) {
      this.keys.set(request, key);
      return false;
    }
    const { browsers, counts, budgetOf } = this.options;
    const budget = budgetOf(request);
    try {
      budget.take(ANY_REQUEST);
    } catch {
      // It is told of where all refusals are.
      return false;
    }
    counts.sentAgainTotal++;
    counts.repeatedTotal++;
    const id = randomUUID();
    const { status, headers } = head!;
    const told = browsers.headers(request.headers.origin);
    const all = ["vary", browsers.varying(question!.vary), "x-request-id", id, ...told, ...budget.headers().flat(), ...headers];
    if (isEnding) all.push("connection", "close");
    if (status === 304) {
      counts.notModifiedTotal++;
      response.writeHead(304, all).end();
    } else response.writeHead(200, [...all, "content-length", String(bytes.length)]).end(bytes);
    this.observe(id, request, { status, begin, operation: { name: question!.operation } });
    return true;
  }

  /** Counts a request, and writes the same line to the log as of any other. */
  private observe(
    id: string,
    { method, url }: IncomingMessage,
    { begin, ...rest }: Pick<LoggedRequest, "status" | "operation" | "codes"> & { readonly begin: number },
  ): void {
    const { metrics, logger } = this.options;
    const answered = { method: method!, route: pathOf(url!), seconds: (performance.now() - begin) / 1000, ...rest };
    metrics?.observe(answered);
    logAnswered(logger, answered, id);
  }
}
