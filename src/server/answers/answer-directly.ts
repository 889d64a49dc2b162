import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyError } from "fastify";
import { noteErrors, observeEnded } from "../add-observing";
import type { Answering, Asking } from "../asking";
import type { RequestMetrics } from "../metrics/request-metrics";
import { answerFailure } from "../open-http";
import { readJson } from "../read-json";
import type { Browsers } from "../tell-browsers";

/** The types of bodies that are read here; whatever else is JSON is read elsewhere. */
const TYPES: readonly (string | undefined)[] = ["application/json", "application/json; charset=utf-8", "application/json;charset=utf-8"];

/**
 * Answers a request without a credential whose body was read; false, and nothing was done, if it is not of the usual form. `isEnding`: true
 * once connections are not to be kept open.
 */
export type AnswerDirectly = (request: IncomingMessage, response: ServerResponse, body: Buffer, isEnding: () => boolean) => boolean;

export interface DirectOptions {
  /** Such as `/graphql`. */
  readonly path: string;
  /** The header `Vary` of answers. */
  readonly vary: string;
  /** Largest body of who has no account, in bytes. */
  readonly bodyBytes: number;
  readonly answer: (request: Asking, reply: Answering) => Promise<void>;
  readonly browsers: Browsers;
  /** Where requests are counted. Default: nowhere. */
  readonly metrics?: RequestMetrics;
  readonly logger: FastifyBaseLogger;
}

/** A POST of a body of JSON, without a credential. */
class DirectRequest implements Asking {
  readonly method = "POST";
  readonly query = {};
  private logged: FastifyBaseLogger | undefined;

  constructor(
    readonly raw: IncomingMessage,
    readonly id: string,
    readonly body: unknown,
    private readonly logger: FastifyBaseLogger,
  ) {}

  get url(): string {
    return this.raw.url!;
  }

  get headers(): IncomingMessage["headers"] {
    return this.raw.headers;
  }

  get host(): string {
    return this.raw.headers.host ?? "";
  }

  get protocol(): "http" | "https" {
    return "encrypted" in this.raw.socket ? "https" : "http";
  }

  /** Made when something is to be told: nearly always there is nothing. */
  get log(): FastifyBaseLogger {
    return (this.logged ??= this.logger.child({ reqId: this.id }));
  }
}

class DirectReply implements Answering {
  private status = 200;
  private readonly own = new Map<string, string>();

  /** `always`: further headers, names and values in turn. */
  constructor(
    readonly raw: ServerResponse,
    private readonly request: object,
    private readonly varying: (vary: string) => string,
    private readonly always: readonly string[],
    private readonly isEnding: () => boolean,
  ) {}

  header(name: string, value: string): this {
    this.own.set(name, value);
    return this;
  }

  getHeader(name: string): string | undefined {
    return this.own.get(name);
  }

  code(status: number): this {
    this.status = status;
    return this;
  }

  send(payload?: unknown): void {
    let told = payload as string | Buffer | undefined;
    if (typeof payload === "object" && payload !== null && !Buffer.isBuffer(payload)) {
      noteErrors(this.request, payload);
      this.header("content-type", "application/json; charset=utf-8");
      told = JSON.stringify(payload);
    }
    this.own.set("vary", this.varying(this.own.get("vary") ?? ""));
    const headers = [...this.always];
    // A server may have begun to leave while this was computed.
    if (this.isEnding()) headers.push("connection", "close");
    for (const [name, value] of this.own) headers.push(name, value);
    if (told === undefined) this.raw.writeHead(this.status, headers).end();
    else {
      const bytes = typeof told === "string" ? Buffer.from(told) : told;
      this.raw.writeHead(this.status, [...headers, "content-length", String(bytes.length)]).end(bytes);
    }
  }
}

/**
 * Answers the usual request past Fastify, whose routing, hooks and readers of bodies take as long as a small answer does: by the same
 * `answer`, with the same headers, and noted in the same way.
 */
export function answeringDirectly({ path, vary, bodyBytes, answer, browsers, metrics, logger }: DirectOptions): AnswerDirectly {
  return (raw, response, body, isEnding) => {
    const { "content-type": type, accept, origin } = raw.headers;
    if (raw.method !== "POST" || raw.url !== path || body.length > bodyBytes || !TYPES.includes(type)) return false;
    if (accept?.includes("text/event-stream")) return false;
    let asked: unknown;
    try {
      asked = readJson(body);
    } catch {
      return false;
    }
    const [begin, end] = [performance.now(), metrics?.begin(path)];
    const request = new DirectRequest(raw, randomUUID(), asked, logger);
    const always = ["x-request-id", request.id, ...browsers.headers(origin)];
    const reply = new DirectReply(response, request, browsers.varying, always, isEnding).header("vary", vary);
    response.once("close", () => {
      end?.();
      const milliseconds = performance.now() - begin;
      observeEnded({ request, log: logger, reqId: request.id, method: "POST", route: path, milliseconds, response }, metrics);
    });
    answer(request, reply).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answerFailure(error as FastifyError, request, reply);
    });
    return true;
  };
}
