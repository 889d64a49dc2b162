import { type Column as ArrowColumn, type Table as ArrowTable, tableFromIPC } from "@uwdata/flechette";
import { parse } from "csv-parse/sync";
import { readParquet } from "parquet-wasm";
import type { Column } from "../../../src/server/exports/column";
import { TABLES } from "../../../src/server/exports/files";

/** A row as every format says it: instants as RFC 3339, null for what is missing. */
export type ReadRow = Readonly<Record<string, string | number | boolean | null>>;

const kindOf = (table: string, name: string): Column["kind"] =>
  TABLES[table].columns.find((column) => column.name === name)?.kind ?? "number";

/** A text of CSV as the value of a column. Text that is empty is missing: no text of a test is. */
function cast(kind: Column["kind"], text: string): string | number | boolean | null {
  if (text === "") return null;
  if (kind === "truth") return text === "true";
  return kind === "number" || kind === "integer" ? Number(text) : text;
}

function ofArrow(table: string, read: ArrowTable): ReadRow[] {
  const columns = read.names.map((name, at) => [name, kindOf(table, name), read.getChildAt(at) as ArrowColumn<unknown>] as const);
  const valueOf = (kind: Column["kind"], value: unknown) =>
    kind === "instant" && value !== null ? new Date(Number(value)).toISOString() : (value as string | number | boolean | null);
  return Array.from({ length: read.numRows }, (_, row) =>
    Object.fromEntries(columns.map(([name, kind, column]) => [name, valueOf(kind, column.at(row))])),
  );
}

/** Reads files of each ending by other programs than those that wrote them. */
export const READERS: Readonly<Record<string, (table: string, bytes: Buffer) => ReadRow[]>> = {
  csv(table, bytes) {
    const [names, ...rows] = parse(bytes, { record_delimiter: "\r\n" }) as string[][];
    return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, cast(kindOf(table, name), row[at])])));
  },
  jsonl: (_, bytes) =>
    bytes
      .toString()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ReadRow),
  parquet: (table, bytes) => ofArrow(table, tableFromIPC(readParquet(bytes).intoIPCStream())),
  arrow: (table, bytes) => ofArrow(table, tableFromIPC(bytes)),
};
