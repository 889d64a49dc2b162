import { idOf, type Kind } from "./identify";
import type { FactTable } from "./fact-tables";
import type { Append } from "./append-facts";

/**
 * The id of a new fact: that of its natural key, or, where a fact that was first registered under that key has another one by now, of the
 * key with how many there were before.
 */
export async function freeId(
  { idKey, query }: Pick<Append, "idKey" | "query">,
  table: FactTable,
  kind: Kind,
  ...naturalKey: readonly (string | number | null)[]
): Promise<string> {
  for (let before = 0; ; before++) {
    const id = idOf(idKey, kind, ...naturalKey, ...(before > 0 ? [before] : []));
    const [taken] = await query(`SELECT FROM ${table} WHERE id = $1`, [id]);
    if (!taken) return id;
  }
}
