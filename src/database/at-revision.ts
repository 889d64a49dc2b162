import type { FactTable } from "./fact-tables";

/**
 * SQL that stands before a SELECT and makes the tables named in it read as they stood at a revision (§9), which is the parameter
 * `$place`: rows that have not changed since, and the earlier content of those that have. Rows that were added later are not there.
 */
export const atRevision = (tables: readonly FactTable[], place: number): string =>
  `WITH ${tables.map((table) => `${table} AS (${rowsAt(table, place)})`).join(", ")}`;

const rowsAt = (table: FactTable, place: number): string => `
  SELECT * FROM ${table} WHERE revision <= $${place}
  UNION ALL
  SELECT (jsonb_populate_record(NULL::${table}, content)).* FROM earlier_content
  WHERE table_name = '${table}' AND revision <= $${place} AND until_revision > $${place}`;
