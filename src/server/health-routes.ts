import type { FastifyInstance } from "fastify";
import type { Database } from "../federation/context";
import { isLeaving } from "./leaving";

/** How long the database may take to answer before it counts as not answering. */
const PATIENCE_MILLISECONDS = 2_000;

const timeout = (): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MILLISECONDS).unref());

/**
 * `/health/live`: this process answers. `/health/ready`: it can answer queries too, that is its database answers and its facts are
 * loaded, and it is not about to stop; else 503, and the log says why.
 */
export function addHealth(server: FastifyInstance, dataSource: Database, revision: () => string): void {
  server.get("/health/live", { logLevel: "warn" }, () => ({ status: "live" }));

  server.get("/health/ready", { logLevel: "warn" }, async (request, reply) => {
    void reply.header("cache-control", "no-store");
    if (isLeaving(server)) return reply.code(503).send({ status: "not ready", reason: "This process is about to stop." });
    try {
      await Promise.race([dataSource.query("SELECT FROM ledger"), timeout()]);
      return { status: "ready", revision: revision() };
    } catch (error) {
      request.log.warn({ err: error }, "The database does not answer.");
      return reply.code(503).send({ status: "not ready", reason: "The database does not answer." });
    }
  });
}
