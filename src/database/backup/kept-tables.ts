/**
 * Every table that a backup holds, in the order in which they refer to each other, with the columns that its rows are sorted by. Only the
 * table of migrations is none of them: the manifest names what was run.
 */
export const KEPT_TABLES: Readonly<Record<string, string>> = {
  ledger: "is_only",
  domain: "pk",
  account: "pk",
  reference: "pk",
  benchmark: "pk",
  benchmark_version: "pk",
  sample_file: "pk",
  model: "pk",
  submission: "pk",
  observation: "pk",
  release: "pk",
  earlier_content: "table_name, pk, revision",
  api_key: "pk",
  fact_append: "first_revision",
};
