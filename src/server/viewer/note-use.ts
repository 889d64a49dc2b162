import type { FastifyBaseLogger } from "fastify";
import { isUseDue } from "../../database/api-keys";
import type { Database } from "../../federation/context";

const NOTE = `UPDATE api_key SET last_used_at = now() WHERE pk = $1 AND ${isUseDue("api_key")}`;

/** Notes when keys are used, beside the requests that use them. */
export interface UseNotes {
  /** Notes that a key is used now, unless it was within the last minute. Nobody waits for it. */
  note(apiKeyPk: number): void;
  /** Resolves once all is noted. */
  settled(): Promise<void>;
}

/** Makes the notes of a process. What cannot be noted is written to the log, and tried again at the next use. */
export function createUseNotes(dataSource: Database, logger: Pick<FastifyBaseLogger, "warn">): UseNotes {
  const pending = new Map<number, Promise<void>>();
  return {
    note(apiKeyPk) {
      if (pending.has(apiKeyPk)) return;
      const noted = dataSource.query(NOTE, [apiKeyPk]).then(
        () => undefined,
        (error: unknown) => logger.warn({ err: error }, "The use of an API key could not be noted."),
      );
      pending.set(
        apiKeyPk,
        noted.finally(() => pending.delete(apiKeyPk)),
      );
    },
    settled: async () => void (await Promise.all(pending.values())),
  };
}
