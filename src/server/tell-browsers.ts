import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config";
import { errorAnswer } from "./error-answer";
import { VARYING } from "./sealed-headers";
import { securityHeaders } from "./security-headers";

/** What the environment says of browsers. Default: no other site's pages may read answers, and it is not known whether TLS is used. */
export type BrowserConfig = Partial<Pick<Config, "allowedOrigins" | "publicUrl">>;

/** The headers that a page of an allowed site may send. There are no cookies: keys and tokens are sent by name. */
const SENT = [
  ...["accept", "apollo-require-preflight", "authorization", "content-type", "if-none-match", "x-apollo-operation-name"],
  ...VARYING,
];

/** The headers that it may read besides those that any page may. */
const READ = [
  ...["content-disposition", "etag", "link", "ratelimit", "ratelimit-policy", "repr-digest", "unencoded-digest"],
  ...["retry-after", "www-authenticate", "x-request-id", "x-scoretree-license", ...VARYING],
];

/** How long a browser may remember what it was permitted, in seconds. */
const REMEMBERED = 7_200;

/** What answers tell browsers. */
export interface Browsers {
  /** Headers of any answer to a request that names this origin, as names and values in turn. */
  headers(origin: string | undefined): readonly string[];
  /** True if pages of this origin may read what is answered here. */
  mayRead(origin: string): boolean;
  /** What answers differ by, besides what is named. */
  varying(vary: string): string;
}

/** Reads what is to be told. `*` among the allowed origins: pages of any site may read, which takes no right from anybody, as there are no cookies. */
export function browsersOf(config: BrowserConfig): Browsers {
  const { allowedOrigins = [] } = config;
  const isOpen = allowedOrigins.includes("*");
  const allowed = new Set(allowedOrigins);
  const all = Object.entries(securityHeaders(config)).flat();
  const mayRead = (origin: string) => isOpen || allowed.has(origin);
  const exposed = ["access-control-expose-headers", READ.join(", ")];
  return {
    mayRead,
    headers(origin) {
      if (origin === undefined || !mayRead(origin)) return all;
      return [...all, "access-control-allow-origin", isOpen ? "*" : origin, ...exposed];
    },
    varying: (vary) => (allowed.size === 0 || isOpen ? vary : vary === "" ? "origin" : `${vary}, origin`),
  };
}

/** Puts them into the head of an answer. What a route says of the same takes their place, also that of files, which say it to `raw`. */
export function tellBrowser(browsers: Browsers, { headers: { origin } }: FastifyRequest, reply: FastifyReply): void {
  const told = browsers.headers(origin);
  for (let at = 0; at < told.length; at += 2) reply.raw.setHeader(told[at], told[at + 1]);
}

/** Answers a browser that asks whether a page may ask (https://fetch.spec.whatwg.org/#cors-preflight-request). */
function answerPreflight(browsers: Browsers, origin: string, reply: FastifyReply): FastifyReply {
  void reply.header("vary", "origin, access-control-request-method, access-control-request-headers");
  if (!browsers.mayRead(origin)) return reply.code(403).send(errorAnswer("CROSS_SITE", "Pages of this site may not ask here."));
  void reply.header("access-control-allow-methods", "GET, HEAD, POST").header("access-control-allow-headers", SENT.join(", "));
  return reply.header("access-control-max-age", REMEMBERED).code(204).send();
}

/** Has every answer of a server tell browsers what they may do with it, and answers their questions before they ask. */
export function addBrowsers(server: FastifyInstance, browsers: Browsers): void {
  server.addHook("onRequest", async (request, reply) => {
    tellBrowser(browsers, request, reply);
    const { origin, "access-control-request-method": wanted } = request.headers;
    if (request.method === "OPTIONS" && origin !== undefined && wanted !== undefined) return answerPreflight(browsers, origin, reply);
  });
  server.addHook("onSend", async ({ method }, reply) => {
    const vary = browsers.varying(String(reply.getHeader("vary") ?? ""));
    if (method !== "OPTIONS" && vary !== "") void reply.header("vary", vary);
  });
}
