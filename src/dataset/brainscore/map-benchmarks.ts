import { type BenchmarkRow, type RootRow, type VersionRow } from "../dataset";
import { type Faults } from "../faults";
import { sortBenchmarks } from "../sort-rows";
import { domainOf } from "./domain-of";
import { fitRow } from "./fit-row";
import { followLink } from "./follow-link";
import { type Journal, shown } from "./journal";
import { type Source } from "./source";
import { valuesOf } from "./values-of";

/** What Django takes where a fixture says nothing. */
const DEFAULT_ORDER = 999;

/** The nodes that Brain-Score ranks by two decimals (§5). */
const COARSE = new Set(["average_vision", "neural_vision", "behavior_vision", "engineering_vision"]);

/** The tree of one domain; `benchmarkPlaces` and `versionPlaces` are where its rows stand in the source. */
export interface MappedTree {
  readonly domain: string;
  readonly roots: readonly RootRow[];
  readonly benchmarks: readonly BenchmarkRow[];
  readonly benchmarkPlaces: readonly number[];
  /** For each benchmark, the key of the reference in the source. */
  readonly references: readonly (string | null | undefined)[];
  /** To be filled. */
  readonly versions: VersionRow[];
  readonly versionPlaces: number[];
}

/** The trees of the source, by domain, without their versions; and the domain of each benchmark. What makes no tree is a fault. */
export function mapBenchmarks(
  source: Source,
  journal: Journal,
  faults: Faults,
): { trees: Map<string, MappedTree>; domains: ReadonlyMap<string, string> } {
  const references = new Map(source.rows.reference.map((row) => [row.key, row]));
  const gathered = new Map<string, { rows: BenchmarkRow[]; places: number[]; references: (string | null | undefined)[] }>();
  const domains = new Map<string, string>();
  for (const entry of source.rows.benchmarktype) {
    const where = (): string => source.placeOf("benchmarktype", entry.at);
    const values = valuesOf(entry, where, journal);
    const domain = domainOf(entry, where, journal);
    const { parent } = entry.links;
    const given: BenchmarkRow = {
      identifier: entry.key,
      parent: typeof parent === "object" && parent ? nameOf(parent.unknown) : parent,
      order: orElse(values.number("order"), DEFAULT_ORDER),
      visible: orElse(values.truth("visible"), false),
      rank_decimals: domain === "vision" && COARSE.has(entry.key) ? 2 : null,
    };
    const fitted = fitRow("benchmarks", given, { journal, where });
    if ("unfit" in fitted) {
      faults.add("benchmarks.csv", entry.at, fitted.unfit.column, `expected ${fitted.unfit.expected}, got ${shown(fitted.unfit.got)}`);
      continue;
    }
    // A parent that is not there is told when the tree is checked; one that could be no benchmark would make a root of this one.
    if ((given.parent ?? null) !== (fitted.row.parent ?? null))
      faults.add("benchmarks.csv", entry.at, "parent", `expected a benchmark that is known, got ${shown(given.parent)}`);
    if (given.rank_decimals === 2) journal.repair("a node that Brain-Score ranks by two decimals: so here", where, entry.key);
    if (!gathered.has(domain)) gathered.set(domain, { rows: [], places: [], references: [] });
    const own = gathered.get(domain);
    own?.rows.push(fitted.row);
    own?.places.push(entry.at);
    const what = "a reference that is not there: the benchmark cites none";
    own?.references.push(followLink(entry.links.reference, references, { what, where, journal }));
    domains.set(entry.key, domain);
  }
  const trees = new Map<string, MappedTree>();
  for (const [domain, { rows, places, references: cited }] of gathered) {
    const roots = rootsOf(rows);
    trees.set(domain, { domain, roots, benchmarks: rows, benchmarkPlaces: places, references: cited, versions: [], versionPlaces: [] });
  }
  return { trees, domains };
}

/** What a foreign key names: a natural one is a list. */
const nameOf = (key: unknown): string => (Array.isArray(key) ? key.map(String).join(", ") : String(key)) || "(nothing)";

const orElse = <T>(value: T | null | undefined, otherwise: T): T | undefined => (value === null ? otherwise : value);

/** The roots: that which is named average_* first, as it is the global one, and of the others the engineering ones last; these are raw. */
function rootsOf(benchmarks: readonly BenchmarkRow[]): RootRow[] {
  const isRaw = (identifier: string): boolean => /engineering/i.test(identifier);
  const weight = (identifier: string): number => (/^average_/.test(identifier) ? 0 : isRaw(identifier) ? 2 : 1);
  const roots = benchmarks.filter(({ parent }) => (parent ?? null) === null);
  return sortBenchmarks(roots, [])
    .sort((a, b) => weight(a.identifier) - weight(b.identifier))
    .map(({ identifier }) => ({ benchmark: identifier, raw: isRaw(identifier) }));
}
