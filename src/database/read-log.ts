import type { DataSource } from "typeorm";
import { type FactTable, IS_PUBLIC } from "./fact-tables";

/** Which appends are asked for. A filter that is absent leaves all. */
export interface LogFilter {
  /** Key of the account that wrote. */
  readonly account?: string;
  /** Prefix of the API key that it wrote by. */
  readonly apiKey?: string;
  /** Nothing that was written before. */
  readonly since?: Date;
  /** At most so many, the newest. */
  readonly limit: number;
}

/** How many facts of one table an append wrote. */
export interface Written {
  readonly table: FactTable;
  readonly added: number;
  readonly changed: number;
}

/** What one append wrote, and who did: an entry of the audit. */
export interface LogEntry {
  readonly at: Date;
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Key of the account; null: the command line. */
  readonly account: string | null;
  /** Null: it was no key of an account's. */
  readonly apiKey: { readonly prefix: string; readonly name: string } | null;
  /** Which mutation or command it was. */
  readonly source: string;
  readonly written: readonly Written[];
}

type AppendRow = Omit<LogEntry, "apiKey" | "written"> & { readonly prefix: string | null; readonly name: string | null };
type WrittenRow = Written & { readonly firstRevision: number };

const APPENDS = `
  SELECT append.appended_at AS "at", append.first_revision AS "firstRevision", append.last_revision AS "lastRevision",
    account.key AS "account", api_key.prefix, api_key.name, append.source
  FROM fact_append AS append
  LEFT JOIN account ON account.pk = append.account_pk
  LEFT JOIN api_key ON api_key.pk = append.api_key_pk
  WHERE ($1::text IS NULL OR account.key = $1) AND ($2::text IS NULL OR api_key.prefix = $2)
    AND ($3::timestamptz IS NULL OR append.appended_at >= $3)
  ORDER BY append.first_revision DESC LIMIT $4`;

const TABLES = Object.keys(IS_PUBLIC) as FactTable[];

/** What was written at each revision: by a fact as it is now, or by an earlier content of it. The first of a fact added it. */
const WRITTEN = `
  WITH append AS (SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS append (first, last)),
  written AS (
    ${TABLES.map((table) => `SELECT first, '${table}' AS "table", fact.pk, fact.revision FROM append JOIN ${table} AS fact ON fact.revision BETWEEN first AND last`).join("\n    UNION ALL ")}
    UNION ALL SELECT first, table_name, pk, revision FROM append JOIN earlier_content ON revision BETWEEN first AND last
  ),
  told AS (
    SELECT first, "table", NOT EXISTS (
      SELECT FROM earlier_content AS e WHERE e.table_name = written."table" AND e.pk = written.pk AND e.revision < written.revision
    ) AS is_added FROM written
  )
  SELECT first AS "firstRevision", "table", count(*) FILTER (WHERE is_added) AS "added", count(*) FILTER (WHERE NOT is_added) AS "changed"
  FROM told GROUP BY 1, 2`;

/** Who wrote which facts when, and by which key: the appends that a filter leaves, the newest first. Keys of tables in one order. */
export async function readLog(dataSource: DataSource, { account, apiKey, since, limit }: LogFilter): Promise<LogEntry[]> {
  const parameters = [account ?? null, apiKey ?? null, since?.toISOString() ?? null, limit];
  const appends = (await dataSource.query(APPENDS, parameters)) as AppendRow[];
  const bounds = [appends.map(({ firstRevision }) => firstRevision), appends.map(({ lastRevision }) => lastRevision)];
  const rows = (await dataSource.query(WRITTEN, bounds)) as WrittenRow[];
  rows.sort((a, b) => TABLES.indexOf(a.table) - TABLES.indexOf(b.table));
  const written = new Map(appends.map(({ firstRevision }): [number, Written[]] => [firstRevision, []]));
  for (const { firstRevision, ...counts } of rows) written.get(firstRevision)!.push(counts);
  return appends.map(({ prefix, name, ...append }) => ({
    ...append,
    apiKey: prefix === null ? null : { prefix, name: name! },
    written: written.get(append.firstRevision)!,
  }));
}
