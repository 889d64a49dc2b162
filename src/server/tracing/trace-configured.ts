import type { FastifyBaseLogger } from "fastify";
import type { Config } from "../../config";
import type * as Starting from "./start-tracing";

/** Traces requests from now on if the environment says where traces go; else nothing of that is loaded. What is given back ends it. */
export function traceConfigured({ tracing }: Pick<Config, "tracing">, logger: Pick<FastifyBaseLogger, "warn">): () => Promise<void> {
  if (!tracing) return async () => undefined;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be done by every process
  const { startTracing } = require("./start-tracing") as typeof Starting;
  return startTracing({ ...tracing, logger });
}
