/** The tables that hold facts (§9), written through `appendFacts` only. */
export type FactTable =
  "domain" | "account" | "reference" | "benchmark" | "benchmark_version" | "sample_file" | "model" | "submission" | "observation";

/**
 * For each fact table, how many of the facts `pks` (an int[] in which a pk stands as often as it was written) everybody may see: SQL
 * with the one parameter $1. A fact that was public stays so: outsiders must learn that it went.
 */
export const PUBLIC_FACTS: Readonly<Record<FactTable, string>> = {
  domain: `SELECT cardinality($1::int[])`,
  benchmark: `SELECT cardinality($1::int[])`,
  benchmark_version: `SELECT cardinality($1::int[])`,
  sample_file: `SELECT cardinality($1::int[])`,
  model: `
    SELECT count(*) FROM unnest($1::int[]) AS written (pk) JOIN model USING (pk) WHERE is_public
      OR EXISTS (SELECT FROM earlier_content AS e WHERE e.table_name = 'model' AND e.pk = model.pk AND (e.content->>'is_public')::bool)`,
  observation: `
    SELECT count(*) FROM unnest($1::int[]) AS written (pk) JOIN observation USING (pk) JOIN model ON model.pk = model_pk WHERE is_public`,
  reference: `
    SELECT count(*) FROM unnest($1::int[]) AS written (pk) JOIN reference USING (pk) WHERE
      EXISTS (SELECT FROM domain WHERE domain.pk = reference.domain_pk AND reference.key = ANY (domain.reference_keys))
      OR EXISTS (SELECT FROM benchmark WHERE benchmark.reference_pk = reference.pk)
      OR EXISTS (SELECT FROM model WHERE model.reference_pk = reference.pk AND model.is_public)`,
  account: `
    SELECT count(*) FROM unnest($1::int[]) AS written (pk) WHERE EXISTS (SELECT FROM model WHERE owner_pk = written.pk AND is_public)`,
  submission: `SELECT 0`,
};
