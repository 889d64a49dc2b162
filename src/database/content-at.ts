import type { DataSource } from "typeorm";
import type { Fact } from "./fact";

const EARLIER = (table: string): string => `
  SELECT told.* FROM earlier_content, jsonb_populate_record(NULL::${table}, content) AS told
  WHERE table_name = '${table}' AND earlier_content.pk = ANY ($1) AND earlier_content.revision <= $2 AND until_revision > $2`;

/**
 * The same facts as they stood at a revision (§9), in their order: a request that is answered from one revision reads their text by this,
 * so that what was written while it ran does not get into it. Facts that were added later are left out. The database is asked again only
 * if one did change since.
 */
export async function contentAt<E extends Fact>(
  dataSource: DataSource,
  type: new () => E,
  facts: readonly E[],
  revision: number,
): Promise<E[]> {
  const changed = facts.filter((fact) => fact.revision > revision);
  if (changed.length === 0) return [...facts];
  const { tableName, columns } = dataSource.getMetadata(type);
  const told = (await dataSource.query(EARLIER(tableName), [changed.map(({ pk }) => pk), revision])) as Record<string, unknown>[];
  const rows = new Map(told.map((row) => [row.pk, row]));
  return facts.flatMap((fact) => {
    if (fact.revision <= revision) return [fact];
    const row = rows.get(fact.pk);
    if (!row) return [];
    for (const column of columns) column.setEntityValue(fact, row[column.databaseName]);
    return [fact];
  });
}
