import type { DataSource } from "typeorm";
import type { Fact } from "./fact";
import { selectVisible, type Sight } from "./visible-facts";

/** The rows of a SELECT over what one may see: see `selectVisible`. */
export function readVisible<T>(dataSource: DataSource, sight: Sight, sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
  return dataSource.query(...selectVisible(sql, parameters, sight)) as Promise<T[]>;
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
