import { idOf, type Kind } from "./identify";
import type { FactTable } from "./fact-tables";
import type { Append } from "./append-facts";

/** The names by which a fact is first registered. */
export type NaturalKey = readonly (string | number | null)[];

/**
 * The ids of new facts of different natural keys: each that of its key, or, where a fact that was first registered under that key has
 * another one by now, that of the key with how many there were before.
 */
export async function freeIds(
  { idKey, query }: Pick<Append, "idKey" | "query">,
  table: FactTable,
  kind: Kind,
  naturalKeys: readonly NaturalKey[],
): Promise<string[]> {
  const ids = naturalKeys.map((naturalKey) => idOf(idKey, kind, ...naturalKey));
  let open = ids.map((_, place) => place);
  for (let before = 1; ; before++) {
    const rows: { id: string }[] = await query(`SELECT id FROM ${table} WHERE id = ANY ($1)`, [open.map((place) => ids[place])]);
    const taken = new Set(rows.map(({ id }) => id));
    open = open.filter((place) => taken.has(ids[place]));
    if (open.length === 0) return ids;
    for (const place of open) ids[place] = idOf(idKey, kind, ...naturalKeys[place], before);
  }
}

/** The id of one new fact: see `freeIds`. */
export async function freeId(
  append: Pick<Append, "idKey" | "query">,
  table: FactTable,
  kind: Kind,
  ...naturalKey: NaturalKey
): Promise<string> {
  const [id] = await freeIds(append, table, kind, [naturalKey]);
  return id;
}
