/** Facts and conditions in plain objects: what the core and the reference are both asked about. Null is unknown. */
export interface World {
  readonly benchmarks: readonly WorldBenchmark[];
  readonly versions: readonly { readonly benchmark: string; readonly number: number }[];
  readonly models: readonly { readonly name: string; readonly isPublic: boolean }[];
  readonly observations: readonly WorldObservation[];
  /** The models that the population is chosen from, if they are public; null for no such condition. */
  readonly among: readonly string[] | null;
  /** The leaves that match; null for all. */
  readonly only: readonly string[] | null;
  /** By identifier, 1 where there is none. */
  readonly weights: Readonly<Record<string, number>>;
  readonly missing: "ZERO" | "SKIP_NOT_RUN" | "SKIP_ALL";
  /** An instant, in milliseconds: what had been measured by then counts (§8). Null for now. */
  readonly asOf: number | null;
}

export interface WorldBenchmark {
  readonly identifier: string;
  readonly parent: string | null;
  readonly order: number;
  readonly isVisible: boolean;
  readonly isRaw: boolean;
  readonly rootPosition: number | null;
  readonly rankDecimals: number | null;
}

export interface WorldObservation {
  readonly model: string;
  readonly benchmark: string;
  readonly version: number;
  readonly raw: number | null;
  readonly ceiled: number | null;
  readonly error: number | null;
  readonly failed: boolean;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly retracted: boolean;
}

export interface Compared {
  readonly sharedLeaves: number;
  readonly aWins: number;
  readonly bWins: number;
  readonly ties: number;
  readonly pearson: number | null;
  readonly spearman: number | null;
}

export interface Correlated {
  readonly r: number | null;
  readonly count: number;
  readonly pValue: number | null;
  readonly slope: number | null;
  readonly intercept: number | null;
}

/** What can be asked about a world, by names. Outside the tree (§3): null, empty or 0, and the state is NOT_RUN. */
export interface Answers {
  /** Every benchmark in tree order. */
  readonly treeOrder: readonly string[];
  /** The models that ranks and statistics count, in the world's order. */
  readonly population: readonly string[];
  /** The number of the version that counts under the conditions; 0 for none. */
  currentVersion(benchmark: string): number;
  leafCount(benchmark: string): number;
  /** The counting leaves at or below it, in tree order. */
  leaves(benchmark: string): readonly string[];
  /** The children in listings; of null, the top level. */
  listed(benchmark: string | null): string[];
  /** The parent in listings, and how deep it stands there. */
  listedParent(benchmark: string): string | null;
  depth(benchmark: string): number;
  /** The place among the world's observations of the one that counts. */
  winner(model: string, benchmark: string): number | null;
  state(model: string, benchmark: string): "SCORED" | "FAILED" | "NOT_RUN";
  value(model: string, benchmark: string): number | null;
  error(model: string, benchmark: string): number | null;
  display(model: string, benchmark: string): string;
  rank(model: string, benchmark: string): number | null;
  tiedWith(model: string, benchmark: string): number | null;
  percentile(model: string, benchmark: string): number | null;
  interval(model: string, benchmark: string, confidence: number): { best: number; worst: number } | null;
  coverage(model: string, benchmark: string): { scored: number; leaves: number };
  contributions(model: string, benchmark: string): { leaf: string; value: number }[];
  leaderboard(benchmark: string): string[];
  /** Models a and b over the leaves that they share at or below a benchmark. */
  compare(a: string, b: string, benchmark: string): Compared;
  /** Of two benchmarks, over the population. */
  correlation(x: string, y: string, method: "PEARSON" | "SPEARMAN" | "KENDALL"): Correlated;
  /** The models of rank 1, in the order of the leaderboard. */
  best(benchmark: string): string[];
  statistics(benchmark: string): Record<StatisticName, number | null>;
  histogram(benchmark: string, bins: number): { min: number; max: number; count: number }[];
}

type StatisticName =
  "count" | "failed" | "notRun" | "min" | "max" | "mean" | "median" | "lowerQuartile" | "upperQuartile" | "standardDeviation";
