import type { DataSource } from "typeorm";
import type { FactTable } from "./fact-tables";

/** The revisions that an append ended at. */
export interface AppendEnd {
  readonly revision: number;
  /** The same as outsiders may know it (§9). */
  readonly publicRevision: number;
}

const FIRST_APPENDS = (table: FactTable): string => `
  SELECT fact.pk, ended.last_revision AS "revision", ended.public_revision AS "publicRevision" FROM ${table} AS fact
  CROSS JOIN LATERAL (
    SELECT least(fact.revision, min(revision)) AS revision FROM earlier_content WHERE table_name = '${table}' AND pk = fact.pk
  ) AS first
  CROSS JOIN LATERAL (
    SELECT * FROM fact_append WHERE first_revision <= first.revision ORDER BY first_revision DESC LIMIT 1
  ) AS ended
  WHERE fact.pk = ANY ($1)`;

/** What the appends came to that first wrote facts of a table, by pk. The caller has made sure that these facts are its viewer's to see. */
export async function firstAppends(dataSource: DataSource, table: FactTable, pks: readonly number[]): Promise<Map<number, AppendEnd>> {
  const rows = (await dataSource.query(FIRST_APPENDS(table), [pks])) as (AppendEnd & { pk: number })[];
  return new Map(rows.map((row) => [row.pk, row]));
}
