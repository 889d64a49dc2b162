import type { DataSource } from "typeorm";
import { type FactTable, IS_PUBLIC } from "./fact-tables";
import { insertRows, type Query, type Row, updateRows } from "./write-rows";

/** Postgres channel on which every append tells its last revision. */
export const FACTS_CHANNEL = "scoretree_facts";

/** What may be done inside `appendFacts`. */
export interface Append {
  /** The key of the ledger, for `idOf`. */
  readonly idKey: Buffer;
  /** Runs any SQL within the transaction; for reading: what it wrote would have no revision. */
  readonly query: Query;
  /** Adds rows to a fact table, in order, one call after the other; gives back their pks in the same order. */
  add(table: FactTable, rows: readonly Row[]): Promise<number[]>;
  /** Changes rows by pk: only the columns given. Throws if a pk is unknown or stands twice. */
  change(table: FactTable, rows: readonly (Row & { pk: number })[]): Promise<void>;
}

/** What an append came to. */
export interface Appended<T> {
  /** What `write` gave back. */
  readonly result: T;
  /** The last revision there is after it. */
  readonly revision: number;
  /** The last revision that outsiders may know of (§9). */
  readonly publicRevision: number;
  /** Facts that were added or changed. */
  readonly count: number;
}

/**
 * The only way in which facts are written (§9): one transaction, all or nothing. Each added or changed fact takes the next revision, in
 * the order written. Writers wait for one another on the row of the ledger, so revisions are in commit order and have no gaps: a
 * reader that has seen revision r can ask for everything after r. The public revision moves by the number of facts that everybody may
 * see. Who listens on FACTS_CHANNEL is told the last revision. If `write` writes nothing, nothing changes; if it throws, nothing is
 * written and its error is thrown on. `by.source` says where the facts come from, for the audit; `by.accountPk` who wrote them, and
 * `by.apiKeyPk` by which key.
 */
export async function appendFacts<T>(
  dataSource: DataSource,
  by: { accountPk?: number | null; apiKeyPk?: number | null; source: string },
  write: (append: Append) => Promise<T>,
): Promise<Appended<T>> {
  return dataSource.transaction("READ COMMITTED", async (manager) => {
    const query: Query = (sql, parameters) => manager.query(sql, parameters);
    const [ledger]: { last_revision: number; public_revision: number; id_key: Buffer }[] = await query(`SELECT * FROM ledger FOR UPDATE`);
    const written = new Map<FactTable, number[]>();
    let revision = ledger.last_revision;

    const note = (table: FactTable, pks: readonly number[]): void => {
      revision += pks.length;
      const all = written.get(table);
      if (all) for (const pk of pks) all.push(pk);
      else written.set(table, [...pks]);
    };
    const result = await write({
      idKey: ledger.id_key,
      query,
      async add(table, rows) {
        const pks = await insertRows(query, table, rows, revision + 1);
        note(table, pks);
        return pks;
      },
      async change(table, rows) {
        await updateRows(query, table, rows, revision + 1);
        note(
          table,
          rows.map(({ pk }) => pk),
        );
      },
    });

    const count = revision - ledger.last_revision;
    if (count === 0) return { result, revision, publicRevision: ledger.public_revision, count };
    const { accountPk = null, apiKeyPk = null, source } = by;
    const publicRevision = await finish(query, written, [revision, ledger.last_revision + 1, accountPk, apiKeyPk, source]);
    return { result, revision, publicRevision, count };
  });
}

type Finished = readonly [revision: number, first: number, accountPk: number | null, apiKeyPk: number | null, source: string];

/**
 * Moves the ledger, notes the append and notifies whoever listens, in one statement, since all other writers wait for it. Gives the new
 * public revision: a fact that was written twice took two revisions, and counts twice.
 */
async function finish(query: Query, written: ReadonlyMap<FactTable, readonly number[]>, finished: Finished): Promise<number> {
  const parameters: unknown[] = [...finished];
  const counts = [...written].map(([table, pks]) => {
    const place = parameters.push(pks);
    return `(SELECT count(*) FROM unnest($${place}::int[]) AS written (pk) JOIN ${table} AS fact USING (pk) WHERE ${IS_PUBLIC[table]})`;
  });
  const [{ publicRevision }]: { publicRevision: number }[] = await query(
    `WITH counted AS (SELECT public_revision + ${counts.join(" + ")} AS public_revision FROM ledger),
     moved AS (UPDATE ledger SET last_revision = $1::bigint, public_revision = counted.public_revision FROM counted),
     noted AS (
       INSERT INTO fact_append (first_revision, last_revision, public_revision, account_pk, api_key_pk, source)
       SELECT $2::bigint, $1::bigint, public_revision, $3::int, $4::int, $5 FROM counted
     )
     SELECT public_revision AS "publicRevision", pg_notify('${FACTS_CHANNEL}', ($1::bigint)::text) FROM counted`,
    parameters,
  );
  return publicRevision;
}
