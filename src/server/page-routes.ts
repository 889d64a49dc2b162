import { existsSync } from "node:fs";
import path from "node:path";
import serveStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { errorAnswer } from "./error-answer";
import type { PageSubject } from "./page-exists";

/** Where `npm run build` puts the pages, seen from here as built and as source; null if it did not run. */
export function findPages(): string | null {
  const places = ["../../../dist/web", "../../dist/web"].map((place) => path.resolve(__dirname, place));
  return places.find((place) => existsSync(path.join(place, "index.html"))) ?? null;
}

/** What pages may load: their own files. */
const PAGES = {
  ...{ "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:", "font-src": "'self'" },
  ...{ "connect-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'" },
};

/** The editor of GraphiQL writes styles by script, has fonts in them, and starts workers. */
const GRAPHIQL = { ...PAGES, "style-src": "'self' 'unsafe-inline'", "font-src": "'self' data:", "worker-src": "'self'" };

const written = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy).map((rule) => rule.join(" ")).join("; "); // prettier-ignore

/** The addresses of pages that know what they show, by what they are named after. `*` takes in names with slashes. */
const ADDRESSES = ["/account", "/:domain", "/:domain/compare", "/:domain/changes", "/:domain/model/*", "/:domain/benchmark/*"];

/** What an address of a page names. */
function namedBy(address: string, { domain, "*": name }: Readonly<Record<string, string | undefined>>): PageSubject {
  if (address.includes("/model/")) return { domain, model: name };
  return address.includes("/benchmark/") ? { domain, benchmark: name } : { domain };
}

/**
 * Serves the pages: `/`, `/graphiql`, those of domains, models and benchmarks, and what they load. Files in `assets` carry their content's
 * hash in their names. `exists` tells whether everybody may see what an address names. If not, the status is 404: the page comes all the
 * same where HTML is asked for, as a model may be there for who signs in. Default: nothing is known of it, as in a gateway; pages come where
 * HTML is asked for, and say themselves what is not there.
 */
export async function addPages(server: FastifyInstance, folder: string | null, exists?: (subject: PageSubject) => boolean): Promise<void> {
  if (folder === null) {
    const missing = errorAnswer("NOT_FOUND", "The pages are not built: run `npm run build`. The API answers at /graphql.");
    for (const url of ["/", "/graphiql"]) server.get(url, (_request, reply) => reply.code(404).send(missing));
    return;
  }
  await server.register(serveStatic, {
    root: folder,
    wildcard: false,
    // The build writes files compressed beside themselves; they are not addresses of their own.
    preCompressed: true,
    globIgnore: ["**/*.{br,gz}"],
    cacheControl: false,
    logLevel: "warn",
    setHeaders(reply, file) {
      const [room] = path.relative(folder, file).split(path.sep);
      // Only what is in assets is named by its content.
      reply.setHeader("cache-control", room === "assets" ? "public, max-age=31536000, immutable" : "no-cache");
      reply.setHeader("vary", "accept-encoding");
      if (/\.html(\.br|\.gz)?$/.test(file)) reply.setHeader("content-security-policy", written(room === "graphiql" ? GRAPHIQL : PAGES));
    },
  });
  server.get("/graphiql", (_request, reply) => reply.sendFile("graphiql/index.html"));
  for (const address of ADDRESSES)
    server.get(address, (request, reply) => {
      const isThere = exists?.(namedBy(address, request.params as Record<string, string | undefined>));
      if (isThere !== true && !request.headers.accept?.includes("text/html")) return reply.callNotFound();
      return reply.code(isThere === false ? 404 : 200).sendFile("index.html");
    });
}
