import { invariant } from "../../errors";
import { EXACT } from "../../scoring/rounding";
import { BenchmarkVersion } from "../../subgraphs/benchmarks/benchmark-version";
import { column, needed } from "./column";
import type { Row } from "./in-batches";
import type { Subject, Table } from "./table";

/** Benchmarks whose versions are read at once. */
const MOST = 200;

const COLUMNS = [
  needed("id", "text", "The benchmark's id, as in the API."),
  needed("identifier", "text", "Name, unique in the domain."),
  needed("short_name", "text", "The identifier without a lab's name before its first dot."),
  column("parent", "text", "Identifier of the nearest visible benchmark above. Nothing at the top."),
  needed("depth", "integer", "How many visible benchmarks stand above it."),
  needed("is_leaf", "truth", "Whether models are run on it."),
  needed("is_raw", "truth", "Whether raw scores count, instead of ceiled ones."),
  needed("leaves", "integer", "The leaves at or below it that count under the conditions."),
  needed("weight", "number", "Its weight among its siblings."),
  column("rank_decimals", "integer", "Decimals that ranks compare after rounding to. Nothing: they compare exactly."),
  column("reference", "text", "Key of the work that it comes from. Nothing if unknown."),
  needed("count", "integer", "Models with a value."),
  needed("failed", "integer", "Models that were run and gave no number."),
  needed("not_run", "integer", "Models that were never run."),
  column("min", "number", "The lowest value. Nothing without values, as in the six that follow."),
  column("max", "number", "The highest value."),
  column("mean", "number", "The arithmetic mean."),
  column("median", "number", "The median."),
  column("lower_quartile", "number", "The first quartile, by linear interpolation."),
  column("upper_quartile", "number", "The third quartile, by linear interpolation."),
  column("standard_deviation", "number", "The sample standard deviation. Nothing for fewer than two values."),
  column("version", "integer", "Number of the version that counts. Nothing on a parent, as in all that follows; there also if unknown."),
  column("ceiling", "number", "How well the data could be predicted at best."),
  column("ceiling_error", "number", "Standard error of the ceiling."),
  column("stimuli_count", "integer", "Number of stimuli."),
  column("stimuli_kind", "text", "What they are."),
  column("stimuli_subtype", "text", "What they are more closely."),
  column("stimuli_megabytes", "number", "Size of all stimuli in megabytes."),
  column("stimuli_notes", "text", "Remarks."),
  column("sites", "integer", "Number of recording sites."),
  column("region", "text", "Brain region."),
  column("hemisphere", "text", "Side of the brain."),
  column("species", "text", "Species of the subjects."),
  column("subjects", "integer", "Number of subjects."),
  column("recording_kind", "text", "How it was recorded."),
  column("task", "text", "What the subjects did."),
  column("duration_ms", "number", "Time that a stimulus was shown, in milliseconds."),
  column("preprocessing", "text", "What was done to the recorded data."),
  column("data_public", "truth", "Whether anybody can get the data."),
  column("recording_notes", "text", "Remarks."),
  column("metric", "text", "Name of the metric."),
  column("metric_citation", "text", "Where the metric is described."),
  column("metric_public", "truth", "Whether anybody can get the metric's code."),
  column("metric_notes", "text", "Remarks."),
];

const VERSION_COLUMNS = COLUMNS.length - COLUMNS.findIndex(({ name }) => name === "version");

const NO_VERSION: Row = new Array<null>(VERSION_COLUMNS).fill(null);

const versionValues = ({ number, ceiling, ceilingError, stimuli, recording, metric }: BenchmarkVersion): Row => [
  ...[number, ceiling, ceilingError, stimuli.count, stimuli.kind, stimuli.subtype, stimuli.sizeMegabytes, stimuli.notes],
  ...[recording.sites, recording.region, recording.hemisphere, recording.species, recording.subjects, recording.kind, recording.task],
  ...[recording.durationMilliseconds, recording.preprocessing, recording.isPublic, recording.notes],
  ...[metric.name, metric.citation, metric.isPublic, metric.notes],
];

async function* rows({ basis, context }: Subject): AsyncGenerator<Row[]> {
  const { board, findings } = basis;
  const { catalog } = board;
  const { visibleParent, identifiers, depth, isLeaf, isRaw, rankDecimals } = catalog.tree;
  const listed = basis.listed();
  for (let from = 0; from < listed.length; from += MOST) {
    const nodes = listed.slice(from, from + MOST);
    const ids = nodes.flatMap((node) => basis.version(node)?.id ?? []);
    const found = await context.find(BenchmarkVersion, "WHERE id = ANY ($1)", [ids], basis.revision);
    const byId = new Map(found.map((version) => [version.id, version]));
    for (const node of nodes) {
      const { id, identifier } = catalog.benchmarks[node];
      const facts = basis.version(node);
      const version = facts && byId.get(facts.id);
      invariant(!facts || version, "a version that counts is there to be read");
      const { count, failed, notRun, min, max, mean, median, lowerQuartile, upperQuartile, standardDeviation } = findings.statistics(node);
      yield [
        [
          ...[id, identifier, catalog.shortNames[node], visibleParent[node] < 0 ? null : identifiers[visibleParent[node]], depth[node]],
          ...[isLeaf[node] === 1, isRaw[node] === 1, findings.scope.leafCount[node], findings.scope.weights[node]],
          ...[rankDecimals[node] === EXACT ? null : rankDecimals[node], catalog.reference(node)?.key ?? null],
          ...[count, failed, notRun, min, max, mean, median, lowerQuartile, upperQuartile, standardDeviation],
          ...(version ? versionValues(version) : NO_VERSION),
        ],
      ];
    }
  }
}

/** What is known of the benchmarks, and how models do on them. */
export const benchmarksTable: Table = {
  description:
    "The visible benchmarks of the tree under the conditions, one a row, in tree order, with statistics over the models that ranks count.",
  columns: COLUMNS,
  rows,
};
