import type { DataSource } from "typeorm";

/** All that a database holds, by table: how many rows, a hash of their text, and what the next row is counted as. */
export async function tellTables(dataSource: DataSource): Promise<Record<string, unknown>> {
  const tables: { name: string; sequence: string | null }[] = await dataSource.query(
    `SELECT relname AS name, (SELECT pg_get_serial_sequence(quote_ident(relname), attname) FROM pg_attribute
       WHERE attrelid = c.oid AND attname = 'pk') AS sequence
     FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
  );
  const told: Record<string, unknown> = {};
  for (const { name, sequence } of tables) {
    const [rows] = await dataSource.query(
      `SELECT count(*)::int AS rows, md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")) AS hash FROM ${name} AS t`,
    );
    const next = sequence && (await dataSource.query(`SELECT last_value + is_called::int AS next FROM ${sequence}`))[0].next;
    told[name] = { ...rows, next };
  }
  return told;
}
