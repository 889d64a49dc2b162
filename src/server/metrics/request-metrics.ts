import { Histogram, type Registry } from "prom-client";
import { BoundedNames } from "./bounded-names";
import { tell } from "./tell";

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

/** Adds to one of several numbers. */
const add = <K>(numbers: Map<K, number>, key: K, amount = 1): unknown => numbers.set(key, (numbers.get(key) ?? 0) + amount);

/** The numbers of a map as a metric's values, each with its key as label. */
const valuesOf = (numbers: ReadonlyMap<string, number>) => [...numbers].map(([label, value]) => [value, label] as const);

/** Counts the requests of a process, by as many series as are bounded whatever is sent. */
export class RequestMetrics {
  private readonly durations: Histogram<"operation">;
  /** By route and status. In maps of our own: a counter with labels takes half a microsecond more, of each kept answer. */
  private readonly responses = new Map<string, Map<number, number>>();
  private readonly running = new Map<string, number>();
  private readonly errors = new Map<string, number>();
  private readonly operations: BoundedNames;
  private readonly codes = new BoundedNames(CODES);

  /** `known`: the only operations with series of their own; default: those that come first. */
  constructor(registry: Registry, known: readonly string[] = []) {
    this.operations = new BoundedNames(OPERATIONS, known);
    this.durations = new Histogram({
      ...{ registers: [registry], name: "scoretree_operation_duration_seconds", labelNames: ["operation"], buckets: SECONDS },
      help: "Time from a request's arrival to its answer, by the operation's name.",
    });
    tell(registry, [
      {
        name: "http_responses_total",
        help: "HTTP requests that were answered, by route and status; status 499: the client had gone.",
        labels: ["route", "status"],
        read: () =>
          [...this.responses].flatMap(([route, counts]) => [...counts].map(([status, count]) => [count, route, String(status)] as const)),
      },
      {
        name: "http_requests_running",
        help: "HTTP requests that are under way, by route: exports and streams of events take long.",
        labels: ["route"],
        read: () => valuesOf(this.running),
      },
      { name: "errors_total", help: "Answers with an error of this code in them.", labels: ["code"], read: () => valuesOf(this.errors) },
    ]);
  }

  /** Counts a request that runs from now on; what is given back says that it has ended. */
  begin(route: string | null): () => void {
    add(this.running, route ?? NO_ROUTE);
    return () => void add(this.running, route ?? NO_ROUTE, -1);
  }

  observe({ route, status, seconds, operation, codes = [] }: Answered): void {
    let counts = this.responses.get(route ?? NO_ROUTE);
    if (!counts) this.responses.set(route ?? NO_ROUTE, (counts = new Map()));
    add(counts, status);
    if (operation) this.durations.observe({ operation: this.labelOf(operation.name) }, seconds);
    for (const code of codes) add(this.errors, this.codes.labelOf(code));
  }

  private labelOf(name: string | null | undefined): string {
    if (name == null) return name === null ? ANONYMOUS : INVALID;
    return this.operations.labelOf(name);
  }
}
