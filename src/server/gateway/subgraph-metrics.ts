import { Counter, Histogram, type Registry } from "prom-client";

/** Bounds of durations, in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** Counts what a gateway asks its subgraphs. They are as many as its supergraph names. */
export class SubgraphMetrics {
  private readonly durations: Histogram<"subgraph">;
  private readonly failures: Counter<"subgraph">;

  constructor(registry: Registry) {
    const labels = { registers: [registry], labelNames: ["subgraph"] as const };
    this.durations = new Histogram({
      ...{ ...labels, name: "scoretree_subgraph_duration_seconds", buckets: SECONDS },
      help: "Time until a subgraph had answered a request of the gateway, all tries together.",
    });
    this.failures = new Counter({
      ...{ ...labels, name: "scoretree_subgraph_failures_total" },
      help: "Requests of the gateway that a subgraph did not answer, or not in time.",
    });
  }

  /** Counts a request that begins now; what is given back says that it has ended, and whether it was answered. */
  begin(subgraph: string): (isAnswered: boolean) => void {
    const end = this.durations.startTimer({ subgraph });
    return (isAnswered) => {
      end();
      if (!isAnswered) this.failures.inc({ subgraph });
    };
  }
}
