import { createHmac } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLInputObjectType, GraphQLSchema } from "graphql";
import { LRUCache } from "lru-cache";
import type { Board } from "../../board/board";
import { Unwanted } from "../../board/in-slices";
import { View } from "../../board/view";
import { ExpectedError, notFound } from "../../errors";
import { Context, type Database } from "../../federation/context";
import { holdsTag } from "../answers/holds-tag";
import { errorAnswer } from "../error-answer";
import { goneSignal } from "../gone-signal";
import type { Budgets } from "../limits/budgets";
import { FILE_COST, type FilePlaces } from "../limits/file-places";
import { ANY_REQUEST, nameBudget } from "../limits/name-budget";
import { noteOf } from "../request-note";
import type { Authenticate } from "../viewer/authenticate";
import { FILES } from "./files";
import { licenseHeaders } from "./license-headers";
import { listExports } from "./list-exports";
import { nameFile } from "./name-file";
import { describeExports } from "./open-api";
import { fileOf, openSubject } from "./open-subject";
import { type Digest, sendFile } from "./send-file";

/** Files whose digests are remembered. */
const DIGESTS = 10_000;

/** Any cache may keep it, and must ask each time whether it is still so. */
const CACHEABLE = "public, max-age=0, must-revalidate";

export interface ExportOptions {
  /** A schema with the API's `Conditions`. */
  readonly schema: GraphQLSchema;
  readonly dataSource: Database;
  readonly authenticate: Authenticate;
  /** What askers may use, and who they are; null: a gateway asks for all of them. */
  readonly budgets: Budgets | null;
  readonly places: FilePlaces;
  readonly baseUrl: (request: FastifyRequest) => string;
  /** The newest board. */
  readonly board: () => Board;
}

/** Answers a failure of a request: 404 for what there is not, 400 for parameters that are wrong, with where and what was expected. */
function answerFailure(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof Unwanted) return reply.hijack();
  void reply.header("cache-control", "no-store");
  if (!(error instanceof ExpectedError) || ["UNAVAILABLE", "RATE_LIMITED"].includes(error.code)) throw error;
  const { code, ...details } = error.extensions;
  void reply.code(code === "NOT_FOUND" ? 404 : 400);
  return reply.send(errorAnswer(code, error.message, details));
}

/**
 * Serves the files of each domain at `/exports/<domain>/<file>`, what there is at `/exports/`, and its description at
 * `/exports/openapi.json`. Files hold what everybody may see: the models of the population, whoever asks (§5, §7, §10).
 */
export function addExports(server: FastifyInstance, options: ExportOptions): void {
  const { schema, dataSource, authenticate, budgets, places, baseUrl, board } = options;
  const digests = new LRUCache<string, Digest>({ max: DIGESTS });
  const type = schema.getType("Conditions") as GraphQLInputObjectType;
  const description = describeExports(schema);
  const everybody = () => new View(board(), null);
  /** A key that is good for nobody is refused here as everywhere; a good one makes no difference. */
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    try {
      noteOf(request).viewer = await authenticate(request.headers.authorization);
    } catch (error) {
      budgets?.noteFailure(request.raw);
      throw error;
    }
    charge(request, reply, ANY_REQUEST);
  };
  const viewerOf = (request: FastifyRequest) => noteOf(request).viewer ?? null;
  function charge(request: FastifyRequest, reply: FastifyReply, amount: number): void {
    const budget = budgets?.of(request.raw, viewerOf(request));
    budget?.take(amount);
    if (budget) nameBudget(reply, budget);
  }
  const method = ["GET", "HEAD"];

  for (const url of ["/exports", "/exports/"])
    server.route({ method, url, onRequest, handler: async (request) => listExports(everybody().catalog, baseUrl(request)) });
  server.route({
    ...{ method, url: "/exports/openapi.json", onRequest },
    handler: async (request) => ({ ...description, servers: [{ url: baseUrl(request) }] }),
  });

  server.route<{ Params: { domain: string; file: string } }>({
    ...{ method, url: "/exports/:domain/:file", onRequest },
    async handler(request, reply) {
      const { params, headers, url } = request;
      const view = everybody();
      const signal = goneSignal(reply);
      try {
        if (!view.domain(params.domain)) throw notFound("domain", params.domain);
        const file = fileOf(FILES, params.file);
        const source = baseUrl(request) + url;
        const { idKey } = view.catalog.ledger;
        const made = createHmac("sha256", idKey).update(JSON.stringify([source, view.revision, file.shape]));
        const tag = `W/"${made.digest("base64url").slice(0, 27)}"`;
        void reply.header("etag", tag).header("cache-control", CACHEABLE).header("vary", "accept-encoding");
        if (holdsTag(headers["if-none-match"], tag)) return await reply.code(304).send();
        charge(request, reply, FILE_COST);
        places.enter(budgets && budgets.askerOf(request.raw, viewerOf(request)), reply);

        const context = new Context({ view, dataSource, baseUrl: baseUrl(request), signal });
        const search = new URLSearchParams(url.split("?").slice(1).join("?"));
        const subject = await openSubject(context, params.domain, file, search, type);
        const { basis, conditions } = subject;
        const { license } = basis.board.catalog.domain;
        const { revision } = basis.view;
        void reply.headers({
          "content-disposition": `attachment; filename="${nameFile(basis, file.name)}"`,
          "x-scoretree-revision": revision,
          ...licenseHeaders(license),
        });
        const metadata = {
          "scoretree.source": source,
          "scoretree.domain": params.domain,
          "scoretree.revision": revision,
          "scoretree.conditions": conditions,
          ...(license === null ? {} : { "scoretree.license": license }),
        };
        await sendFile(request, reply, { ...file, tag, bytes: file.write(subject, metadata) }, digests);
        return reply;
      } catch (error) {
        return answerFailure(error, reply.removeHeader("etag"));
      }
    },
  });
  server.route({
    method: ["POST", "PUT", "PATCH", "DELETE"],
    url: "/exports/*",
    handler: (_request, reply) => reply.code(405).header("allow", "GET, HEAD").send(errorAnswer("BAD_REQUEST", "Use GET or HEAD.")),
  });
}
