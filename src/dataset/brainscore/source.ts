/** What a link of a row leads to: the key of a row of the other table, nothing, or something that is not there (or that several are). */
export type Link = string | null | { readonly unknown: unknown };

/**
 * A row of a Brain-Score site, whichever way it was read. Values are as they came: numbers may be text, truth may be text, instants are text.
 * A value or link that is null is unknown; one that is undefined has no such column in the whole table.
 */
export interface SourceRow {
  /** The primary key as text; what else tells the row apart where a fixture has none. */
  readonly key: string;
  /** A number that `Source.placeOf` turns into a place. */
  readonly at: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly links: Readonly<Record<string, Link | undefined>>;
}

/** What a table of a site is read for. */
export interface SourceTableShape {
  /** Its names in a database, the newest first. */
  readonly tables: readonly string[];
  /** Its primary key. */
  readonly key: string;
  /** Columns that are read, and no others. */
  readonly columns: readonly string[];
  /** Foreign keys, by their names without `_id`, and the tables that they lead to. */
  readonly links: Readonly<Record<string, SourceTable>>;
  /** Columns and links without which nothing can be said. */
  readonly needed: readonly string[];
}

/** The tables of a Brain-Score site that are read, by the lower-case names of their Django models. */
export type SourceTable =
  | "user"
  | "reference"
  | "benchmarktype"
  | "benchmarkmeta"
  | "benchmarkstimulimeta"
  | "benchmarkdatameta"
  | "benchmarkmetricmeta"
  | "benchmarkinstance"
  | "submission"
  | "model"
  | "modelmeta"
  | "score";

/** Every table but that of the scores, which may not fit into memory. */
export type SmallTable = Exclude<SourceTable, "score">;

/** A Brain-Score site. */
export interface Source {
  /** In words, without a password. */
  readonly name: string;
  readonly rows: Readonly<Record<SmallTable, readonly SourceRow[]>>;
  /** Reads the scores, one by one, in the source's order. */
  scores(): AsyncIterable<SourceRow>;
  /** Where a row stands: `fixture-models.json:12`, `brainscore_model 12`. */
  placeOf(table: SourceTable, at: number): string;
}

const shape = (given: Partial<SourceTableShape> & { tables: readonly string[] }): SourceTableShape => ({
  key: "id",
  columns: [],
  links: {},
  needed: [],
  ...given,
});

/**
 * What is read of each table. Of users: the display name alone. Passwords, e-mail addresses and all else that is not named here are never
 * selected; the report names them.
 */
export const SOURCE_TABLES: Readonly<Record<SourceTable, SourceTableShape>> = {
  user: shape({ tables: ["brainscore_user"], columns: ["display_name"] }),
  reference: shape({ tables: ["brainscore_reference"], columns: ["author", "year", "url", "bibtex"] }),
  benchmarktype: shape({
    tables: ["brainscore_benchmarktype"],
    key: "identifier",
    columns: ["domain", "order", "visible"],
    links: { parent: "benchmarktype", reference: "reference" },
    needed: ["parent"],
  }),
  benchmarkmeta: shape({
    tables: ["brainscore_benchmarkmeta"],
    columns: ["number_of_stimuli", "number_of_images", "number_of_recording_sites", "recording_sites", "behavioral_task"],
  }),
  benchmarkstimulimeta: shape({
    tables: ["brainscore_benchmark_stimuli_meta", "brainscore_benchmarkstimulimeta"],
    columns: ["num_stimuli", "datatype", "stimuli_subtype", "total_size_mb", "extra_notes"],
  }),
  benchmarkdatameta: shape({
    tables: ["brainscore_benchmark_data_meta", "brainscore_benchmarkdatameta"],
    columns: [
      "task",
      "region",
      "hemisphere",
      "num_recording_sites",
      "duration_ms",
      "species",
      "datatype",
      "num_subjects",
      "pre_processing",
      "extra_notes",
      "data_publicly_available",
    ],
  }),
  benchmarkmetricmeta: shape({
    tables: ["brainscore_benchmark_metric_meta", "brainscore_benchmarkmetricmeta"],
    columns: ["type", "reference", "public", "extra_notes"],
  }),
  benchmarkinstance: shape({
    tables: ["brainscore_benchmarkinstance"],
    columns: ["version", "ceiling", "ceiling_error"],
    links: {
      benchmark_type: "benchmarktype",
      meta: "benchmarkmeta",
      stimuli_meta: "benchmarkstimulimeta",
      data_meta: "benchmarkdatameta",
      metric_meta: "benchmarkmetricmeta",
    },
    needed: ["version", "benchmark_type"],
  }),
  submission: shape({ tables: ["brainscore_submission"], columns: ["timestamp"], links: { submitter: "user" } }),
  model: shape({
    tables: ["brainscore_model"],
    columns: ["name", "domain", "public", "competition", "group", "visual_degrees"],
    links: { owner: "user", reference: "reference", submission: "submission" },
    needed: ["name"],
  }),
  modelmeta: shape({
    tables: ["brainscore_modelmeta"],
    key: "model_id",
    columns: [
      "architecture",
      "model_family",
      "total_parameter_count",
      "trainable_parameter_count",
      "total_layers",
      "trainable_layers",
      "model_size_mb",
      "training_dataset",
      "task_specialization",
      "brainscore_link",
      "hugging_face_link",
      "runnable",
      "extra_notes",
    ],
    links: { model: "model" },
    needed: ["model"],
  }),
  score: shape({
    tables: ["brainscore_score"],
    columns: ["score_raw", "score_ceiled", "error", "start_timestamp", "end_timestamp", "comment"],
    links: { benchmark: "benchmarkinstance", model: "model" },
    needed: ["score_raw", "score_ceiled", "benchmark", "model"],
  }),
};

/** The names of the tables, in an order in which what is linked to comes first. */
export const SOURCE_TABLE_NAMES = Object.keys(SOURCE_TABLES) as SourceTable[];

/** A comment is read as far as this, in characters: no longer one could be written into a folder and read again. */
export const LONGEST_COMMENT = 100_000;
