import { IS_SEEN_BY_ALL } from "./whose-reference";

/** The tables that hold facts (§9), written through `appendFacts` only. */
export type FactTable =
  | "domain"
  | "account"
  | "reference"
  | "benchmark"
  | "benchmark_version"
  | "sample_file"
  | "model"
  | "submission"
  | "observation"
  | "release";

/**
 * For each fact table, which of its facts everybody may see (§10): an SQL condition on a row called `fact`. A fact that was public stays
 * so: outsiders must learn that it went.
 */
export const IS_PUBLIC: Readonly<Record<FactTable, string>> = {
  domain: `true`,
  benchmark: `true`,
  benchmark_version: `true`,
  sample_file: `true`,
  model: `fact.is_public OR EXISTS (
    SELECT FROM earlier_content AS e WHERE e.table_name = 'model' AND e.pk = fact.pk AND (e.content->>'is_public')::bool)`,
  observation: `EXISTS (SELECT FROM model WHERE model.pk = fact.model_pk AND model.is_public)`,
  reference: IS_SEEN_BY_ALL,
  account: `EXISTS (SELECT FROM model WHERE model.owner_pk = fact.pk AND model.is_public)`,
  submission: `false`,
  release: `true`,
};
