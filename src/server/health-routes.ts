import type { FastifyInstance } from "fastify";
import type { Database } from "../federation/context";
import { isLeaving } from "./leaving";

/** How long the database may take to answer before it counts as not answering. */
const PATIENCE_MILLISECONDS = 2_000;

/** How old the facts may be that queries are answered from, in milliseconds: what is written is usually there at once. */
const OLD = 60_000;

const timeout = (): Promise<never> =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MILLISECONDS).unref());

export interface HealthOptions {
  readonly dataSource: Database;
  /** The public revision of the newest board. */
  readonly revision: () => string;
  /** For how long that was not found to hold all facts, in milliseconds. */
  readonly lag: () => number;
}

/**
 * `/health/live`: this process answers. `/health/ready`: it can answer queries too, that is its database answers and its facts are
 * loaded and not old, and it is not about to stop; else 503, and the log says why.
 */
export function addHealth(server: FastifyInstance, { dataSource, revision, lag }: HealthOptions): void {
  server.get("/health/live", { logLevel: "warn" }, () => ({ status: "live" }));

  server.get("/health/ready", { logLevel: "warn" }, async (request, reply) => {
    void reply.header("cache-control", "no-store");
    if (isLeaving(server)) return reply.code(503).send({ status: "not ready", reason: "This process is about to stop." });
    try {
      await Promise.race([dataSource.query("SELECT FROM ledger"), timeout()]);
      const seconds = Math.round(lag() / 1000);
      if (seconds * 1000 > OLD) {
        const reason = `The newest facts could not be read for ${seconds} seconds.`;
        request.log.warn(reason);
        return await reply.code(503).send({ status: "not ready", reason });
      }
      return { status: "ready", revision: revision() };
    } catch (error) {
      request.log.warn({ err: error }, "The database does not answer.");
      return reply.code(503).send({ status: "not ready", reason: "The database does not answer." });
    }
  });
}
