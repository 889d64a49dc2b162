import { Registry } from "prom-client";
import { processMetrics } from "./process-metrics";
import { RequestMetrics } from "./request-metrics";
import { tell, type Told } from "./tell";

/** What a server counts and tells at `/metrics`. */
export interface ServerMetrics {
  readonly requests: RequestMetrics;
  readonly registry: Registry;
  stop(): void;
}

/** Metrics of requests and of the process, and `told` besides. `operations`: the only ones with series of their own; none: the first that come. */
export function createMetrics(told: readonly Told[], operations: readonly string[] = []): ServerMetrics {
  const registry = new Registry();
  const { metrics, stop } = processMetrics();
  const requests = new RequestMetrics(registry, operations);
  tell(registry, [...told, ...metrics]);
  return { registry, requests, stop };
}
