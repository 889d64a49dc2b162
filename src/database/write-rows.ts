import { invariant } from "../errors";
import type { FactTable } from "./fact-tables";

/**
 * A row by column names. Dates, Buffers (bytea), arrays (of text, or JSON) and objects (JSON) are taken as they are; numbers must be
 * finite, and dates dates. A column that is missing takes its default when a row is added, and stays as it is when a row is changed.
 */
export type Row = Readonly<Record<string, unknown>>;

/** Runs SQL within a transaction. What a row holds is what its SQL names: who asks says so where it takes the rows. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- pg knows no types of rows, and a cast at each of them would say no more
export type Query = (sql: string, parameters?: unknown[]) => Promise<any[]>;

/** Rows that go in one statement: enough to make round trips cheap, few enough to keep the text of one small. */
const CHUNK = 5_000;

/** Inserts rows in order, the first with `revision`, each further one with the next. Gives back their pks in the same order. */
export async function insertRows(query: Query, table: FactTable, rows: readonly Row[], revision: number): Promise<number[]> {
  const pks: number[] = [];
  for (const { columns, chunk } of chunksOf(rows)) {
    const names = columns.map(quoted).join(", ");
    const inserted: { pk: number; revision: number }[] = await query(
      `INSERT INTO ${table} (${names}, revision)
       SELECT ${names}, $2::bigint + given.ordinality FROM ${given(table)} ORDER BY given.ordinality RETURNING pk, revision`,
      [toJson(chunk), revision + pks.length - 1],
    );
    inserted.sort((a, b) => a.revision - b.revision);
    for (const { pk } of inserted) pks.push(pk);
  }
  return pks;
}

/** Changes the given columns of rows by pk; revisions as in `insertRows`. Throws if a pk is unknown or stands twice. */
export async function updateRows(query: Query, table: FactTable, rows: readonly (Row & { pk: number })[], revision: number): Promise<void> {
  let done = 0;
  for (const { columns, chunk } of chunksOf(rows)) {
    const set = columns.filter((column) => column !== "pk").map((column) => `${quoted(column)} = given.${quoted(column)}, `);
    const [changed] = await query(
      `WITH changed AS (
         UPDATE ${table} AS fact SET ${set.join("")} revision = $2::bigint + given.ordinality
         FROM ${given(table)} WHERE fact.pk = given.pk RETURNING 1
       ) SELECT count(*) FROM changed`,
      [toJson(chunk), revision + done - 1],
    );
    invariant(changed.count === chunk.length, `of ${chunk.length} rows of ${table} to change, ${changed.count} are there once`);
    done += chunk.length;
  }
}

/** The rows of parameter $1 with their place, from 1. */
const given = (table: FactTable): string => `json_populate_recordset(null::${table}, $1::json) WITH ORDINALITY AS given`;

const quoted = (column: string): string => `"${column.replaceAll('"', '""')}"`;

/** Cuts rows into chunks that are not too long and whose rows all have the same columns, since a statement names its columns once. */
function* chunksOf<T extends Row>(rows: readonly T[]): Generator<{ columns: readonly string[]; chunk: readonly T[] }> {
  for (let start = 0, end = 0; start < rows.length; start = end) {
    const columns = Object.keys(rows[start]).filter((column) => rows[start][column] !== undefined);
    const isAlike = (row: T): boolean =>
      columns.every((column) => row[column] !== undefined) &&
      Object.keys(row).every((column) => row[column] === undefined || columns.includes(column));
    for (end = start + 1; end < rows.length && end - start < CHUNK && isAlike(rows[end]);) end++;
    yield { columns, chunk: rows.slice(start, end) };
  }
}

/** JSON for Postgres. JSON.stringify by itself would write NaN, or a date that is none, as null, which means unknown; a Buffer as an object. */
const toJson = (rows: readonly Row[]): string => JSON.stringify(rows.map((row) => jsonObject(row)));

// A replacer, which JSON.stringify calls for every value, takes more than twice as long.
function jsonObject<T extends object>(object: T): T {
  let changed: Record<string, unknown> | null = null;
  for (const key in object) {
    const value = object[key];
    const written = jsonValue(key, value);
    if (written !== value) (changed ??= { ...object } as Record<string, unknown>)[key] = written;
  }
  return (changed as T | null) ?? object;
}

function jsonValue(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) invariant(false, `${key} is ${value}`);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) {
    invariant(!Number.isNaN(value.getTime()), `${key} is no date`);
    return value;
  }
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  return Array.isArray(value) ? value.map((each, index) => jsonValue(`${key}[${index}]`, each)) : jsonObject(value);
}
