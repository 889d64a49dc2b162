import type { DataSource } from "typeorm";
import { ExpectedError } from "../errors";
import type { Fact } from "./fact";
import { queryAt } from "./query-at";
import { selectVisible, type Sight } from "./visible-facts";

/** Keys have no revision by which a replica could be told to have the newest of them. */
const IS_OF_KEYS = /\bapi_key\b/i;

/** What Postgres says of a statement that took too long (57014, query_canceled) in words for who asked; anything else as it is. */
function inWords(error: unknown): never {
  if ((error as { code?: string }).code !== "57014") throw error;
  throw new ExpectedError("TIMEOUT", "The database was not done with this in time. Ask for less at once.", { limit: "statement" });
}

/** The rows of a SELECT over what one may see: see `selectVisible`. From a replica, if there is one that has the facts. */
export function readVisible<T>(dataSource: DataSource, sight: Sight, sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
  const select = selectVisible(sql, parameters, sight);
  if (IS_OF_KEYS.test(sql)) return (dataSource.query(...select) as Promise<T[]>).catch(inWords);
  return queryAt<T>(dataSource, Math.max(sight.revision, sight.present ?? 0), ...select).catch(inWords);
}

/** The facts of one kind that one may see, as their class. `rest`: what stands behind FROM, such as `WHERE id = ANY ($1) ORDER BY pk`. */
export async function findVisible<E extends Fact>(
  dataSource: DataSource,
  sight: Sight,
  type: new () => E,
  rest: string,
  parameters: readonly unknown[] = [],
): Promise<E[]> {
  const { tableName, columns } = dataSource.getMetadata(type);
  const rows = await readVisible<Record<string, unknown>>(dataSource, sight, `SELECT * FROM ${tableName} ${rest}`, parameters);
  return rows.map((row) => {
    const fact = new type();
    for (const column of columns) column.setEntityValue(fact, row[column.databaseName]);
    return fact;
  });
}
