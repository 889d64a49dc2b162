import type { FactTable } from "./fact-tables";

/**
 * SQL that stands before a SELECT and makes the tables named in it read as they stood at a revision (§9), which is the parameter
 * `$place`: rows that have not changed since, and the earlier content of those that have. Rows that were added later are not there.
 */
export const atRevision = (tables: readonly FactTable[], place: number): string =>
  `WITH ${tables.map((table) => `${table} AS (${rowsAt(table, place)})`).join(", ")}`;

/**
 * The rows of a table as they stood at the revision that is the parameter `$place`, as a SELECT. With its columns given, which makes
 * no other rows, those of certain pks are found among the earlier contents by index.
 */
export const rowsAt = (table: FactTable, place: number, columns?: readonly string[]): string => `
  SELECT ${columns?.map((column) => `${table}.${column}`).join(", ") ?? "*"} FROM ${table} WHERE revision <= $${place}
  UNION ALL
  SELECT ${columns?.map((column) => `${column === "pk" ? "earlier_content" : "told"}.${column}`).join(", ") ?? "told.*"}
  FROM earlier_content, jsonb_populate_record(NULL::${table}, content) AS told
  WHERE table_name = '${table}' AND earlier_content.revision <= $${place} AND until_revision > $${place}`;
