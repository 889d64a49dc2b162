/**
 * The content of a data set folder: one domain, as plain rows. A property has the name of its column in the file.
 *
 * In every row `null` is an empty field (unknown; or the column's default: visible true, failed false, order 0, rank_decimals 3), and
 * an absent property is a missing column, which leaves what a database holds as it is. Instants are ISO 8601 in UTC with a `Z`, to the
 * millisecond. The order of rows means nothing but for `roots` and `references`.
 */
export interface Dataset {
  readonly name: string;
  readonly license?: string | null;
  readonly notes?: string | null;
  readonly domain: DomainRow;
  /** In tree order; the first is the global root. */
  readonly roots: readonly RootRow[];
  readonly benchmarks: readonly BenchmarkRow[];
  readonly versions: readonly VersionRow[];
  readonly samples: readonly SampleRow[];
  readonly accounts: readonly AccountRow[];
  readonly models: readonly ModelRow[];
  readonly layers: readonly LayerRow[];
  readonly submissions: readonly SubmissionRow[];
  readonly scores: readonly ScoreRow[];
  /** In stored order. */
  readonly references: readonly ReferenceRow[];
  /** What the samples with a path instead of a URL point at. */
  readonly files: readonly FileRow[];
}

/** What dataset.json says of the domain. */
export interface DomainRow {
  readonly slug: string;
  readonly name: string;
  /** The how-to-use snippet, with `{name}` for a model's name. */
  readonly usage?: string | null;
  /** Keys of references.bib, in order. */
  readonly references?: readonly string[] | null;
}

/** A root of the tree; `raw` (default false) takes raw scores as they are, without a ceiling. */
export interface RootRow {
  readonly benchmark: string;
  readonly raw?: boolean | null;
}

/** A node of the tree: a line of benchmarks.csv. */
export interface BenchmarkRow {
  readonly identifier: string;
  readonly parent?: string | null;
  readonly order?: number | null;
  readonly visible?: boolean | null;
  /** 0 to 9, or `exact`: no rounding before ranking. */
  readonly rank_decimals?: number | "exact" | null;
  readonly reference?: string | null;
}

/** An edition of a leaf: a line of versions.csv. */
export interface VersionRow {
  readonly benchmark: string;
  readonly version: number;
  readonly ceiling?: number | null;
  readonly ceiling_error?: number | null;
  readonly stimuli_count?: number | null;
  readonly stimuli_kind?: string | null;
  readonly stimuli_subtype?: string | null;
  readonly stimuli_megabytes?: number | null;
  readonly stimuli_notes?: string | null;
  readonly sites?: number | null;
  readonly region?: string | null;
  readonly hemisphere?: string | null;
  readonly species?: string | null;
  readonly subjects?: number | null;
  readonly recording_kind?: string | null;
  readonly task?: string | null;
  readonly duration_ms?: number | null;
  readonly preprocessing?: string | null;
  readonly data_public?: boolean | null;
  readonly recording_notes?: string | null;
  readonly metric?: string | null;
  readonly metric_citation?: string | null;
  readonly metric_public?: boolean | null;
  readonly metric_notes?: string | null;
}

/** A sample stimulus: a line of samples.csv. `url` is http(s), or the path of a file in the folder. */
export interface SampleRow {
  readonly benchmark: string;
  readonly version: number;
  readonly position: number;
  readonly url: string;
}

/** Somebody who owns models: a line of accounts.csv. The key is never an e-mail address. */
export interface AccountRow {
  readonly key: string;
  readonly display_name?: string | null;
}

/** A line of models.csv. `layers` and `trainable_layers` are counts. */
export interface ModelRow {
  readonly name: string;
  readonly public: boolean;
  readonly owner?: string | null;
  readonly submitted_at?: string | null;
  readonly reference?: string | null;
  readonly competition?: string | null;
  readonly group?: string | null;
  readonly visual_degrees?: number | null;
  readonly architecture?: string | null;
  readonly family?: string | null;
  readonly parameters?: number | null;
  readonly trainable_parameters?: number | null;
  readonly layers?: number | null;
  readonly trainable_layers?: number | null;
  readonly size_megabytes?: number | null;
  readonly training_dataset?: string | null;
  readonly task_specialization?: string | null;
  readonly runnable?: boolean | null;
  readonly source_url?: string | null;
  readonly hugging_face_url?: string | null;
  readonly notes?: string | null;
}

/** Which layer of a model stands for a region: a line of layers.csv. `owner` where the model's name stands twice. */
export interface LayerRow {
  readonly model: string;
  readonly owner?: string | null;
  readonly region: string;
  readonly layer: string;
}

/** A line of submissions.csv. */
export interface SubmissionRow {
  readonly key: string;
  readonly owner: string;
  readonly submitted_at: string;
}

/** An observation: a line of scores.csv. `owner` where the model's name stands twice. */
export interface ScoreRow {
  readonly model: string;
  readonly owner?: string | null;
  readonly benchmark: string;
  readonly version: number;
  readonly raw?: number | null;
  readonly ceiled?: number | null;
  readonly error?: number | null;
  readonly failed?: boolean | null;
  readonly started_at?: string | null;
  readonly ended_at?: string | null;
  readonly comment?: string | null;
  readonly submission?: string | null;
  readonly retracted_at?: string | null;
  readonly retraction_reason?: string | null;
}

/** An entry of references.bib: its key and its text as it is, from `@` to the last brace. */
export interface ReferenceRow {
  readonly key: string;
  readonly bibtex: string;
}

/** A file of the folder, by its path with forward slashes. */
export interface FileRow {
  readonly path: string;
  readonly content: Buffer;
}
