import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Database } from "../federation/context";
import { errorAnswer } from "./error-answer";

interface SampleFile {
  readonly content: Buffer;
  readonly mediaType: string;
}

const FIND = `
  SELECT file.content, file.media_type AS "mediaType"
  FROM sample_file file JOIN domain ON domain.pk = file.domain_pk
  WHERE domain.slug = $1 AND file.path = $2`;

/** A day from now, and any time after if the content is still the same. */
const CACHING = "public, max-age=86400";

/** Serves the sample stimuli that came with a data set, at `/samples/<domain>/<path>`. */
export function addSamples(server: FastifyInstance, dataSource: Database): void {
  server.get<{ Params: { domain: string; "*": string } }>("/samples/:domain/*", async ({ params, headers }, reply) => {
    const { domain, "*": path } = params;
    // Postgres has no NUL in text, and says so by an error.
    const isName = !`${domain}${path}`.includes("\0");
    const [file] = isName ? ((await dataSource.query(FIND, [domain, path])) as SampleFile[]) : [];
    if (!file) return reply.code(404).send(errorAnswer("NOT_FOUND", "There is no such sample."));
    const tag = `"${createHash("sha256").update(file.content).digest("base64url").slice(0, 22)}"`;
    // Any page may show what everybody may see.
    void reply.header("etag", tag).header("cache-control", CACHING).header("cross-origin-resource-policy", "cross-origin");
    if (headers["if-none-match"]?.split(",").some((given) => given.trim().replace(/^W\//, "") === tag)) return reply.code(304).send();
    // A picture must not run as a page of this site: SVG could.
    void reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox");
    return reply.type(file.mediaType).send(file.content);
  });
}
