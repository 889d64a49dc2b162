import {
  accountKey,
  instant,
  integer,
  name,
  needed,
  number,
  rankDecimals,
  sampleAddress,
  size,
  text,
  title,
  truth,
  webAddress,
  type Cell,
  type Value,
} from "./cells";
import {
  type AccountRow,
  type BenchmarkRow,
  type Dataset,
  type LayerRow,
  type ModelRow,
  type SampleRow,
  type ScoreRow,
  type SubmissionRow,
  type VersionRow,
} from "./dataset";

/** The CSV files of a folder, by the property of `Dataset` that holds their rows. */
export type Table = "benchmarks" | "versions" | "samples" | "accounts" | "models" | "layers" | "submissions" | "scores";

/** The row of a table. */
export type RowOf<T extends Table> = Dataset[T][number];

/** A CSV file: its columns in the order they are written, and those that make a row's key. */
export interface TableShape {
  readonly file: string;
  readonly columns: Readonly<Record<string, Cell>>;
  readonly key: readonly string[];
}

/** Reads each distinct text once and keeps one string of it: for the columns that repeat a few names in every row. */
const repeated = (kind: Cell): Cell => {
  const known = new Map<string, Value | undefined>();
  const read = (given: string): Value | undefined => {
    if (known.has(given)) return known.get(given);
    if (known.size > 100_000) known.clear();
    const own = Buffer.from(given).toString();
    known.set(own, kind.read(own));
    return known.get(own);
  };
  return { ...kind, read };
};

const knownName = repeated(name);
const count = integer(0);
const version = needed(integer(1));

const benchmarks = {
  identifier: needed(name),
  parent: name,
  order: integer(-(2 ** 31), 0),
  visible: truth(true),
  rank_decimals: rankDecimals,
  reference: text,
} satisfies Record<keyof BenchmarkRow, Cell>;

const versions = {
  benchmark: needed(name),
  version,
  ceiling: number(),
  ceiling_error: number(0),
  stimuli_count: count,
  stimuli_kind: text,
  stimuli_subtype: text,
  stimuli_megabytes: size,
  stimuli_notes: text,
  sites: count,
  region: text,
  hemisphere: text,
  species: text,
  subjects: count,
  recording_kind: text,
  task: text,
  duration_ms: size,
  preprocessing: text,
  data_public: truth(),
  recording_notes: text,
  metric: text,
  metric_citation: text,
  metric_public: truth(),
  metric_notes: text,
} satisfies Record<keyof VersionRow, Cell>;

const samples = {
  benchmark: needed(name),
  version,
  position: needed(integer(1)),
  url: needed(sampleAddress),
} satisfies Record<keyof SampleRow, Cell>;

const accounts = { key: needed(accountKey), display_name: title } satisfies Record<keyof AccountRow, Cell>;

const models = {
  name: needed(name),
  public: needed(truth()),
  owner: accountKey,
  submitted_at: instant,
  reference: text,
  competition: text,
  group: text,
  visual_degrees: count,
  architecture: text,
  family: text,
  parameters: size,
  trainable_parameters: size,
  layers: count,
  trainable_layers: count,
  size_megabytes: size,
  training_dataset: text,
  task_specialization: text,
  runnable: truth(),
  source_url: webAddress,
  hugging_face_url: webAddress,
  notes: text,
} satisfies Record<keyof ModelRow, Cell>;

const layers = {
  model: needed(knownName),
  owner: accountKey,
  region: needed(title),
  layer: needed(text),
} satisfies Record<keyof LayerRow, Cell>;

const submissions = {
  key: needed(name),
  owner: needed(accountKey),
  submitted_at: needed(instant),
} satisfies Record<keyof SubmissionRow, Cell>;

const scores = {
  model: needed(knownName),
  owner: repeated(accountKey),
  benchmark: needed(knownName),
  version,
  raw: number(),
  ceiled: number(),
  error: number(0),
  failed: truth(false),
  started_at: instant,
  ended_at: instant,
  comment: text,
  submission: knownName,
  retracted_at: instant,
  retraction_reason: text,
} satisfies Record<keyof ScoreRow, Cell>;

/** Every CSV file of a folder, in the order of dataset.md. */
export const TABLES: Readonly<Record<Table, TableShape>> = {
  benchmarks: { file: "benchmarks.csv", columns: benchmarks, key: ["identifier"] },
  versions: { file: "versions.csv", columns: versions, key: ["benchmark", "version"] },
  samples: { file: "samples.csv", columns: samples, key: ["benchmark", "version", "position"] },
  accounts: { file: "accounts.csv", columns: accounts, key: ["key"] },
  models: { file: "models.csv", columns: models, key: ["name", "owner"] },
  layers: { file: "layers.csv", columns: layers, key: ["model", "owner", "region"] },
  submissions: { file: "submissions.csv", columns: submissions, key: ["owner", "key"] },
  scores: { file: "scores.csv", columns: scores, key: ["model", "owner", "benchmark", "version", "started_at", "ended_at"] },
};
