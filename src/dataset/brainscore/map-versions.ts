import { type BenchmarkRow, type RootRow, type VersionRow } from "../dataset";
import { keyOf } from "../held";
import { sortBenchmarks } from "../sort-rows";
import { fitRow } from "./fit-row";
import { followLink } from "./follow-link";
import { type Journal } from "./journal";
import { type MappedTree } from "./map-benchmarks";
import { type Source, type SourceRow, type SourceTable } from "./source";
import { valuesOf } from "./values-of";

/** A version, as a score finds it. */
export interface MappedVersion {
  readonly domain: string;
  readonly row: VersionRow;
  /** Place of its benchmark in tree order, from 0. */
  readonly place: number;
  /** True under a raw root. */
  readonly isRaw: boolean;
}

/** The versions of the leaves, each put into the tree of its domain, by their keys in the source. */
export function mapVersions(
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
    const key = followLink(row.links[link], rows, { what: `metadata that is not there (${link})`, where, journal });
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
