import { type BenchmarkRow, type RootRow, type VersionRow } from "../dataset";
import { type Faults } from "../faults";
import { keyOf } from "../held";
import { sortBenchmarks } from "../sort-rows";
import { fitRow } from "./fit-row";
import { type Journal, shown } from "./journal";
import { type Link, type Source, type SourceRow, type SourceTable } from "./source";
import { valuesOf } from "./values-of";

/** What Brain-Score takes where a fixture says nothing. */
const DEFAULT_DOMAIN = "vision";
const DEFAULT_ORDER = 999;

/** The nodes that Brain-Score ranks by two decimals (§5). */
const COARSE = new Set(["average_vision", "neural_vision", "behavior_vision", "engineering_vision"]);

/** A version, as a score finds it. */
export interface MappedVersion {
  readonly domain: string;
  readonly row: VersionRow;
  /** Place of its benchmark in tree order, from 0. */
  readonly place: number;
  /** True under a raw root. */
  readonly isRaw: boolean;
}

/** The tree of one domain; `benchmarkPlaces` and `versionPlaces` are where its rows stand in the source. */
export interface MappedTree {
  readonly domain: string;
  readonly roots: readonly RootRow[];
  readonly benchmarks: readonly BenchmarkRow[];
  readonly benchmarkPlaces: readonly number[];
  /** For each benchmark, the key of the reference in the source. */
  readonly references: readonly (string | null | undefined)[];
  readonly versions: VersionRow[];
  readonly versionPlaces: number[];
}

/** The domain of a row: vision where none is named. */
export function domainOf(row: SourceRow, where: () => string, journal: Journal): string {
  const domain = valuesOf(row, where, journal).text("domain")?.trim();
  if (domain) return domain;
  journal.repair(`no domain: ${DEFAULT_DOMAIN}`, where, row.values.name ?? row.key);
  return DEFAULT_DOMAIN;
}

/** The key of the row that a link leads to, if it is there; what leads nowhere is told, and null. */
export function followed(
  link: Link | undefined,
  rows: ReadonlyMap<string, unknown>,
  told: { readonly what: string; readonly where: () => string; readonly journal: Journal },
): string | null | undefined {
  if (typeof link !== "string") {
    if (link) told.journal.leaveOut(told.what, told.where, link.unknown);
    return link === undefined ? undefined : null;
  }
  if (rows.has(link)) return link;
  told.journal.leaveOut(told.what, told.where, link);
  return null;
}

/** The trees of the source, by domain, and every version by its key in the source. */
export function mapBenchmarks(
  source: Source,
  journal: Journal,
  faults: Faults,
): { trees: Map<string, MappedTree>; versions: Map<string, MappedVersion> } {
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
    own?.references.push(followed(entry.links.reference, references, { what, where, journal }));
    domains.set(entry.key, domain);
  }
  const trees = new Map<string, MappedTree>();
  for (const [domain, { rows, places, references: cited }] of gathered) {
    const roots = rootsOf(rows);
    trees.set(domain, { domain, roots, benchmarks: rows, benchmarkPlaces: places, references: cited, versions: [], versionPlaces: [] });
  }
  return { trees, versions: mapVersions(source, journal, { trees, domains }) };
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

function mapVersions(
  source: Source,
  journal: Journal,
  { trees, domains }: { trees: ReadonlyMap<string, MappedTree>; domains: ReadonlyMap<string, string> },
): Map<string, MappedVersion> {
  const places = new Map<string, { place: number; isRaw: boolean; isParent: boolean }>();
  for (const { benchmarks, roots } of trees.values()) {
    const raw = rawNodes(benchmarks, roots);
    const parents = new Set(benchmarks.map(({ parent }) => parent));
    for (const [place, { identifier }] of sortBenchmarks(benchmarks, roots).entries())
      places.set(identifier, { place, isRaw: raw.has(identifier), isParent: parents.has(identifier) });
  }
  const versions = new Map<string, MappedVersion>();
  const metas = new Map(METAS.map((table) => [table, new Map(source.rows[table].map((row) => [row.key, row]))]));
  const seen = new Set<string>();
  for (const row of source.rows.benchmarkinstance) {
    const where = (): string => source.placeOf("benchmarkinstance", row.at);
    const { benchmark_type: link } = row.links;
    const benchmark = typeof link === "string" ? link : null;
    const at = benchmark === null ? undefined : places.get(benchmark);
    const domain = benchmark === null ? undefined : domains.get(benchmark);
    if (benchmark === null || !at || domain === undefined) {
      journal.leaveOut(
        "a version of a benchmark that is not there",
        where,
        link && typeof link === "object" ? link.unknown : (link ?? null),
      );
      continue;
    }
    if (at.isParent) {
      journal.leaveOut("a version of a parent, which has none", where, benchmark);
      continue;
    }
    const fitted = fitRow("versions", versionOf(row, benchmark, { source, journal, metas, where }), { journal, where });
    if ("unfit" in fitted) {
      journal.leaveOut(`a version whose ${fitted.unfit.column} is not ${fitted.unfit.expected}`, where, fitted.unfit.got);
      continue;
    }
    const key = keyOf(benchmark, fitted.row.version);
    if (seen.has(key)) {
      journal.leaveOut("a version that stands twice: the first one counts", where, `${benchmark} version ${fitted.row.version}`);
      continue;
    }
    seen.add(key);
    const tree = trees.get(domain);
    tree?.versions.push(fitted.row);
    tree?.versionPlaces.push(row.at);
    versions.set(row.key, { domain, row: fitted.row, place: at.place, isRaw: at.isRaw });
  }
  return versions;
}

/** The nodes at and below the raw roots; a cycle has none. */
function rawNodes(benchmarks: readonly BenchmarkRow[], roots: readonly RootRow[]): Set<string> {
  const raw = new Set(roots.filter((root) => root.raw).map(({ benchmark }) => benchmark));
  // Parents come before children; what is in a cycle comes last and is below no root.
  for (const { identifier, parent } of sortBenchmarks(benchmarks, roots)) if (parent && raw.has(parent)) raw.add(identifier);
  return raw;
}

const METAS = ["benchmarkmeta", "benchmarkstimulimeta", "benchmarkdatameta", "benchmarkmetricmeta"] as const;

/** A version with what the newer tables say of it, and the older one where they say nothing. */
function versionOf(
  row: SourceRow,
  benchmark: string,
  {
    source,
    journal,
    metas,
    where,
  }: { source: Source; journal: Journal; metas: ReadonlyMap<SourceTable, ReadonlyMap<string, SourceRow>>; where: () => string },
): VersionRow {
  const values = valuesOf(row, where, journal);
  const meta = (link: string, table: SourceTable) => {
    const rows = metas.get(table) ?? new Map<string, SourceRow>();
    const key = followed(row.links[link], rows, { what: `metadata that is not there (${link})`, where, journal });
    const found = key ? rows.get(key) : undefined;
    return found && valuesOf(found, () => source.placeOf(table, found.at), journal);
  };
  const old = meta("meta", "benchmarkmeta");
  const stimuli = meta("stimuli_meta", "benchmarkstimulimeta");
  const recording = meta("data_meta", "benchmarkdatameta");
  const metric = meta("metric_meta", "benchmarkmetricmeta");
  return {
    benchmark,
    version: values.number("version") as number,
    ceiling: values.number("ceiling"),
    ceiling_error: values.number("ceiling_error"),
    stimuli_count: stimuli?.number("num_stimuli") ?? old?.number("number_of_stimuli") ?? old?.number("number_of_images"),
    stimuli_kind: stimuli?.text("datatype"),
    stimuli_subtype: stimuli?.text("stimuli_subtype"),
    stimuli_megabytes: stimuli?.number("total_size_mb"),
    stimuli_notes: stimuli?.text("extra_notes"),
    sites: recording?.number("num_recording_sites") ?? old?.number("number_of_recording_sites"),
    region: recording?.text("region") ?? old?.text("recording_sites"),
    hemisphere: recording?.text("hemisphere"),
    species: recording?.text("species"),
    subjects: recording?.number("num_subjects"),
    recording_kind: recording?.text("datatype"),
    task: recording?.text("task") ?? old?.text("behavioral_task"),
    duration_ms: recording?.number("duration_ms"),
    preprocessing: recording?.text("pre_processing"),
    data_public: recording?.truth("data_publicly_available"),
    recording_notes: recording?.text("extra_notes"),
    metric: metric?.text("type"),
    metric_citation: metric?.text("reference"),
    metric_public: metric?.truth("public"),
    metric_notes: metric?.text("extra_notes"),
  };
}
