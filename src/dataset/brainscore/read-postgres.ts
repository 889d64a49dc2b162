import { Client, type QueryResultRow } from "pg";
import QueryStream from "pg-query-stream";
import { badInput, ExpectedError } from "../../errors";
import { type Journal } from "./journal";
import {
  type Link,
  LONGEST_COMMENT,
  type SmallTable,
  type Source,
  SOURCE_TABLE_NAMES,
  SOURCE_TABLES,
  type SourceRow,
  type SourceTable,
} from "./source";

/** Scores that are fetched at a time. */
const BATCH = 2_000;

/** Columns of the site's tables, with their types, by table. */
type Found = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What a table of the site is called there, and which of the columns that are wanted it has. */
interface FoundTable {
  readonly name: string;
  readonly types: ReadonlyMap<string, string>;
  readonly values: readonly string[];
  readonly links: readonly string[];
}

/**
 * Reads a Brain-Score site's own database, tables `brainscore_*`, in one read-only snapshot, and gives it to `work`. Tables and columns that an older site
 * lacks are told in the journal. Throws UNAVAILABLE if the database cannot be reached, and BAD_USER_INPUT if it is no such site.
 */
export async function withPostgresSource<T>(
  url: string,
  journal: Journal,
  work: (source: Source) => Promise<T>,
  onTable: (name: string) => void = () => {},
): Promise<T> {
  const place = placeOfUrl(url);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: "scoretree import" });
  // A connection that is lost fails the query that runs; by itself it is no news.
  client.on("error", () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw new ExpectedError("UNAVAILABLE", `${place} cannot be read: ${told(error)}.`);
    });
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // Before version 12, Postgres would round numbers.
    await client.query("SET LOCAL extra_float_digits = 3");
    return await work(await readSource(client, place, journal, onTable));
  } catch (error) {
    if (error instanceof ExpectedError || typeof (error as { code?: unknown }).code !== "string") throw error;
    throw new ExpectedError("UNAVAILABLE", `${place} cannot be read: ${told(error)}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A URL without what is secret in it. Throws BAD_USER_INPUT, which does not repeat it, if it is none of a Postgres. */
export function placeOfUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol))
    throw badInput("Expected the URL of a Brain-Score site's database: postgresql://user@host/database.");
  return `${parsed.protocol}//${parsed.username ? `${parsed.username}@` : ""}${parsed.host}${parsed.pathname}`;
}

function told(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.map((each) => (each as Error).message || String((each as { code?: string }).code)).join("; ");
}

async function readSource(client: Client, name: string, journal: Journal, onTable: (name: string) => void): Promise<Source> {
  const found = await findColumns(client);
  const tables = new Map(
    SOURCE_TABLE_NAMES.flatMap((table): [SourceTable, FoundTable][] => {
      const own = findTable(table, found, name, journal);
      return own ? [[table, own]] : [];
    }),
  );
  tellRest(found, tables, journal);
  const rows: Partial<Record<SmallTable, SourceRow[]>> = {};
  for (const table of SOURCE_TABLE_NAMES) {
    if (table === "score") continue;
    const own = tables.get(table);
    if (own) onTable(own.name);
    rows[table] = own ? (await client.query<QueryResultRow>(select(table, own))).rows.map((row, index) => toRow(own, row, index)) : [];
    if (own) journal.read.push({ table: own.name, rows: rows[table].length });
  }
  const scoreTable = tables.get("score");
  return {
    name,
    rows: rows as Record<SmallTable, SourceRow[]>,
    async *scores() {
      if (!scoreTable) return;
      onTable(scoreTable.name);
      let count = 0;
      for await (const row of client.query(new QueryStream(select("score", scoreTable), [], { batchSize: BATCH }))) {
        yield toRow(scoreTable, row as QueryResultRow, count++);
      }
      journal.read.push({ table: scoreTable.name, rows: count });
    },
    placeOf: (table, at) => `${tables.get(table)?.name ?? table} ${at < 0 && table !== "score" ? rows[table]?.[-at - 1].key : at}`,
  };
}

/** The columns of the tables that are found without a schema before their names. */
async function findColumns(client: Client): Promise<Found> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `SELECT table_name AS "table", column_name AS "column", data_type AS "type" FROM information_schema.columns
     WHERE table_name LIKE 'brainscore\\_%' AND to_regclass(quote_ident(table_name)) = format('%I.%I', table_schema, table_name)::regclass
     ORDER BY table_name, ordinal_position`,
  );
  const found = new Map<string, Map<string, string>>();
  for (const { table, column, type } of rows) {
    if (!found.has(table)) found.set(table, new Map());
    found.get(table)?.set(column, type);
  }
  return found;
}

/** Tables without which there is no site. */
const NEEDED: readonly SourceTable[] = ["benchmarktype", "benchmarkinstance", "model", "score"];

function findTable(table: SourceTable, found: Found, place: string, journal: Journal): FoundTable | null {
  const { tables, key, columns, links, needed } = SOURCE_TABLES[table];
  const name = tables.find((each) => found.has(each));
  const types = name === undefined ? undefined : found.get(name);
  if (name === undefined || types === undefined) {
    if (NEEDED.includes(table))
      throw badInput(`${place} is no database of a Brain-Score site, or not all of it may be read: it has no table ${tables[0]}.`);
    journal.absent.push(tables[0]);
    return null;
  }
  const hasLink = (link: string): boolean => types.has(`${link}_id`);
  const missing = [...columns.filter((column) => !types.has(column)), ...Object.keys(links).filter((link) => !hasLink(link))];
  for (const column of missing) {
    if (needed.includes(column))
      throw badInput(`${place} is read by what Brain-Score's tables have, but ${name} has no column for ${column}.`);
    journal.absent.push(`${name}.${column}`);
  }
  if (!types.has(key)) throw badInput(`${place} is read by what Brain-Score's tables have, but ${name} has no column ${key}.`);
  return {
    name,
    types,
    values: columns.filter((column) => types.has(column)),
    links: Object.keys(links).filter(hasLink),
  };
}

/** Names what the site has and is not read. */
function tellRest(found: Found, tables: ReadonlyMap<SourceTable, FoundTable>, journal: Journal): void {
  const read = new Map([...tables].map(([table, own]) => [own.name, { own, key: SOURCE_TABLES[table].key }]));
  for (const [name, types] of found) {
    const known = read.get(name);
    if (!known) {
      journal.noPlace.push(name);
      continue;
    }
    const { own, key } = known;
    const wanted = new Set([key, ...own.values, ...own.links.map((link) => `${link}_id`)]);
    const rest = [...types.keys()].filter((column) => !wanted.has(column));
    if (rest.length > 0) journal.noPlace.push(`${name}: ${rest.sort().join(", ")}`);
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function select(table: SourceTable, { name, types, values, links }: FoundTable): string {
  const { key } = SOURCE_TABLES[table];
  const columns = [
    `${quoted(key)}::text AS "key"`,
    ...values.map((column) => `${valueOf(column, types.get(column) ?? "")} AS ${quoted(`v_${column}`)}`),
    ...links.map((link) => `${quoted(`${link}_id`)}::text AS ${quoted(`l_${link}`)}`),
  ];
  return `SELECT ${columns.join(", ")} FROM ${quoted(name)} ORDER BY ${quoted(key)}`;
}

/** Instants become text, in UTC if their zone is known; a text that is far too long is not fetched whole. */
function valueOf(column: string, type: string): string {
  const own = quoted(column);
  const written = (instant: string, zone: string): string =>
    `CASE WHEN isfinite(${own}) THEN to_char(${instant}, 'YYYY-MM-DD"T"HH24:MI:SS.MS${zone}') ELSE ${own}::text END`;
  if (type === "timestamp with time zone") return written(`${own} AT TIME ZONE 'UTC'`, '"Z"');
  if (type === "timestamp without time zone") return written(own, "");
  return type === "text" || type === "character varying" ? `left(${own}, ${LONGEST_COMMENT + 1})` : own;
}

/** A row stands at its primary key, if that is a number, and else at minus its place among the rows, from 1. */
function toRow({ values, links }: FoundTable, row: QueryResultRow, index: number): SourceRow {
  const key = String(row.key);
  return {
    key,
    at: /^\d{1,15}$/.test(key) && String(Number(key)) === key ? Number(key) : -1 - index,
    values: Object.fromEntries(values.map((column) => [column, row[`v_${column}`] as unknown])),
    links: Object.fromEntries(links.map((link) => [link, row[`l_${link}`] as Link])),
  };
}
