import { type Value } from "./cells";
import { TABLES, type Table } from "./columns";

/** The columns of a folder's tables that stand under another name in the database. */
const RENAMED: Partial<Record<Table, Readonly<Record<string, string>>>> = {
  benchmarks: { visible: "is_visible" },
  versions: {
    version: "number",
    stimuli_megabytes: "stimuli_size_megabytes",
    sites: "recording_sites",
    region: "recording_region",
    hemisphere: "recording_hemisphere",
    species: "recording_species",
    subjects: "recording_subjects",
    task: "recording_task",
    duration_ms: "recording_duration_milliseconds",
    preprocessing: "recording_preprocessing",
    data_public: "recording_is_public",
    metric: "metric_name",
    metric_public: "metric_is_public",
  },
  models: {
    public: "is_public",
    parameters: "parameter_count",
    trainable_parameters: "trainable_parameter_count",
    layers: "layer_count",
    trainable_layers: "trainable_layer_count",
    runnable: "is_runnable",
  },
  scores: { failed: "is_failed" },
};

/** Columns that name another fact: the database has its pk instead. */
const LINKS: Partial<Record<Table, readonly string[]>> = {
  benchmarks: ["parent", "reference"],
  versions: ["benchmark"],
  models: ["owner", "reference"],
  submissions: ["owner"],
  scores: ["model", "owner", "benchmark", "version", "submission"],
};

/** The columns of a table that hold a value of their own, folder's name first, then the database's. */
export const ownColumns = (table: Table): readonly (readonly [column: string, fact: string])[] =>
  Object.keys(TABLES[table].columns)
    .filter((column) => !LINKS[table]?.includes(column))
    .map((column) => [column, RENAMED[table]?.[column] ?? column]);

/** The SQL that selects those columns of `alias` under the folder's names. */
export const selectOwnColumns = (table: Table, alias: string): string =>
  ownColumns(table)
    .map(([column, fact]) => `${alias}."${fact}" AS "${column}"`)
    .join(", ");

/** What a field is in the database: its default for an empty field, and null for ranks that are compared exactly. */
export function factValue(table: Table, column: string, value: Value): Value {
  if (column === "rank_decimals" && value === "exact") return null;
  return value ?? TABLES[table].columns[column].otherwise;
}

/** What a value of the database is in a folder; the inverse of `factValue`. */
export function fieldValue(column: string, value: unknown): Value {
  if (column === "rank_decimals" && value === null) return "exact";
  if (value instanceof Date) return value.toISOString().replace(/\.?0*Z$/, "Z");
  return value as Value;
}
