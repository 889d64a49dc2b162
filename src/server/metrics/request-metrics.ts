import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { BoundedNames } from "./bounded-names";

/** Names of operations, and codes of errors, that have series of their own, at most. */
const [OPERATIONS, CODES] = [100, 50];

/** Bounds of durations, in seconds: kept answers take less than the first, and the last is as long as any query may take. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What requests with no operation that could be executed, and operations without a name, are counted under. */
const [INVALID, ANONYMOUS] = ["invalid", "anonymous"];

const NO_ROUTE = "none";

/** A request that was answered. */
export interface Answered {
  /** As the server knows it, such as `/exports/:domain/:file`; null if there is none. */
  readonly route: string | null;
  readonly status: number;
  readonly seconds: number;
  /** The name of its operation; null for one without, undefined for none; absent if none was asked for. */
  readonly operation?: { readonly name: string | null | undefined };
  readonly codes?: Iterable<string>;
}

/** Counts the requests of a process, by as many series as are bounded whatever is sent. */
export class RequestMetrics {
  private readonly durations: Histogram<"operation">;
  private readonly responses: Counter<"route" | "status">;
  private readonly errors: Counter<"code">;
  private readonly running: Gauge<"route">;
  private readonly operations: BoundedNames;
  private readonly codes = new BoundedNames(CODES);

  /** `known`: the only operations with series of their own; default: those that come first. */
  constructor(registry: Registry, known: readonly string[] = []) {
    const registers = [registry];
    this.operations = new BoundedNames(OPERATIONS, known);
    this.durations = new Histogram({
      ...{ registers, name: "scoretree_operation_duration_seconds", labelNames: ["operation"], buckets: SECONDS },
      help: "Time from a request's arrival to its answer, by the operation's name.",
    });
    this.responses = new Counter({
      ...{ registers, name: "scoretree_http_responses_total", labelNames: ["route", "status"] },
      help: "HTTP requests that were answered, by route and status; status 499: the client had gone.",
    });
    this.running = new Gauge({
      ...{ registers, name: "scoretree_http_requests_running", labelNames: ["route"] },
      help: "HTTP requests that are under way, by route: exports and streams of events take long.",
    });
    this.errors = new Counter({
      ...{ registers, name: "scoretree_errors_total", labelNames: ["code"] },
      help: "Answers with an error of this code in them.",
    });
  }

  /** Counts a request that runs from now on; what is given back says that it has ended. */
  begin(route: string | null): () => void {
    const labels = { route: route ?? NO_ROUTE };
    this.running.inc(labels);
    return () => this.running.dec(labels);
  }

  /** The label of an operation: its name, as far as there is room for it. */
  labelOf(name: string | null | undefined): string {
    if (name == null) return name === null ? ANONYMOUS : INVALID;
    return this.operations.labelOf(name);
  }

  observe({ route, status, seconds, operation, codes = [] }: Answered): void {
    this.responses.inc({ route: route ?? NO_ROUTE, status });
    if (operation) this.durations.observe({ operation: this.labelOf(operation.name) }, seconds);
    for (const code of codes) this.errors.inc({ code: this.codes.labelOf(code) });
  }
}
