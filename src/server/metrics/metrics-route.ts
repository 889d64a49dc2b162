import type { FastifyInstance } from "fastify";
import type { Config } from "../../config";
import { errorAnswer } from "../error-answer";
import { mayRead } from "./may-read";
import type { ServerMetrics } from "./server-metrics";

/** What the environment says of who may read metrics. Default: programs of this machine. */
export type MetricsConfig = Partial<Pick<Config, "metricsToken" | "publicUrl" | "trustedProxies">>;

/** Tells operators at `/metrics`, in the text format of Prometheus; to others there is nothing there. */
export function addMetrics(
  server: FastifyInstance,
  { registry }: Pick<ServerMetrics, "registry">,
  { metricsToken = null, publicUrl = null, trustedProxies = [] }: MetricsConfig,
): void {
  const isAllowed = mayRead(metricsToken, publicUrl !== null || trustedProxies.length > 0);
  server.get("/metrics", { logLevel: "warn" }, async (request, reply) => {
    if (!isAllowed(request.raw)) return reply.code(404).send(errorAnswer("NOT_FOUND", "There is nothing here."));
    return reply
      .header("cache-control", "no-store")
      .type(registry.contentType)
      .send(await registry.metrics());
  });
}
