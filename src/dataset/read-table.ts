import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { parse, type CsvError } from "csv-parse";
import { type Cell, type Value } from "./cells";
import { TABLES, type RowOf, type Table } from "./columns";
import { type Faults, quote } from "./faults";
import { isMissing } from "./is-missing";

/** A record is at most so long, lest one unclosed quote swallow the file. */
const RECORD_BYTES = 1_000_000;

/** The rows of a CSV file, and the line that each begins in. */
export interface TableRows<T extends Table> {
  /** False if there is no such file: then nothing is said of the table. */
  readonly isThere: boolean;
  readonly columns: readonly string[];
  readonly rows: RowOf<T>[];
  readonly lines: readonly number[];
}

/**
 * Reads a CSV file by its columns, streaming: RFC 4180, UTF-8 with or without BOM, LF or CRLF, columns in any order. A row whose key is
 * wrong is left out; in any other row a wrong field is absent, so that one fault does not bring others after it.
 */
export async function readTable<T extends Table>(folder: string, table: T, faults: Faults): Promise<TableRows<T>> {
  const { file, columns, key } = TABLES[table];
  const rows: RowOf<T>[] = [];
  const lines: number[] = [];
  const layout: Layout = { file, columns, key, cells: [], names: [], faults };
  const at = path.join(folder, file);
  if (await isMissing(at)) return { isThere: false, columns: [], rows, lines };

  let last = 0;
  const take = (record: string[], line: number): void => {
    if (layout.names.length === 0) return readHeader(layout, record);
    if (record.length === 1 && record[0] === "") return;
    const row = readRow(layout, record, line);
    if (!row) return;
    lines.push(line);
    rows.push(row as unknown as RowOf<T>);
  };
  const parser = parse({
    bom: true,
    record_delimiter: ["\r\n", "\n"],
    relax_column_count: true,
    max_record_size: RECORD_BYTES,
    skip_records_with_error: true,
    // Records are taken here, one call each, and none is passed on: as a stream of objects they would take twice the time.
    on_record: (record: string[], info) => {
      take(record, last + 1);
      last = info.lines;
      return null;
    },
    on_skip: (error) => {
      const line = error && "lines" in error ? Number(error.lines) : null;
      faults.add(file, line, null, explain(error));
    },
  });
  try {
    await pipeline(createReadStream(at), checkEncoding, parser);
  } catch (error) {
    faults.add(file, error instanceof NotUtf8 ? error.line : last + 1, null, explain(error));
    return { isThere: true, columns: layout.names, rows, lines };
  }
  if (layout.names.length === 0)
    faults.add(file, 1, null, `expected a line with the names of the columns: ${Object.keys(columns).join(", ")}`);
  return { isThere: true, columns: layout.names, rows, lines };
}

/** A file's header, once it is read: the cell and the name of each column, in the file's order. */
interface Layout {
  readonly file: string;
  readonly columns: Readonly<Record<string, Cell>>;
  readonly key: readonly string[];
  cells: (Cell | undefined)[];
  names: string[];
  readonly faults: Faults;
}

function readHeader(layout: Layout, names: string[]): void {
  const { file, columns, faults } = layout;
  const known = Object.keys(columns);
  layout.names = names;
  layout.cells = names.map((name) => (Object.hasOwn(columns, name) ? columns[name] : undefined));
  for (const [index, name] of names.entries()) {
    if (!layout.cells[index]) faults.add(file, 1, name, `unknown column ${quote(name)}; the columns are ${known.join(", ")}`);
    if (names.indexOf(name) < index) faults.add(file, 1, name, `the column stands twice`);
  }
  for (const name of known)
    if (columns[name].isNeeded && !names.includes(name)) faults.add(file, 1, name, `the column is needed, but is missing`);
}

function readRow({ file, key, cells, names, faults }: Layout, record: string[], line: number): Record<string, Value> | null {
  if (record.length !== names.length) {
    faults.add(file, line, null, `expected ${names.length} fields, as in the first line, got ${record.length}`);
    return null;
  }
  const row: Record<string, Value> = {};
  let isKeyWrong = false;
  for (let index = 0; index < names.length; index++) {
    const cell = cells[index];
    if (!cell) continue;
    const name = names[index];
    const text = record[index];
    const value = text === "" ? null : cell.read(text);
    if (value === undefined || (value === null && cell.isNeeded)) {
      faults.add(file, line, name, `expected ${cell.expected}, got ${value === null ? "nothing" : quote(text)}`);
      isKeyWrong ||= cell.isNeeded && key.includes(name);
    } else row[name] = value;
  }
  return isKeyWrong ? null : row;
}

/** Bytes that are not UTF-8. */
class NotUtf8 extends Error {
  constructor(readonly line: number) {
    super("expected UTF-8, got bytes that are none");
  }
}

/** Lets bytes through as long as they are UTF-8. Throws NotUtf8. */
async function* checkEncoding(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for await (const chunk of bytes) {
    if (!isText(() => decoder.decode(chunk, { stream: true }))) throw new NotUtf8(line + linesBeforeFault(chunk));
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) line++;
    yield chunk;
  }
  if (!isText(() => decoder.decode())) throw new NotUtf8(line);
}

const LF = 10;

function isText(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}

/** How many lines of bytes that are not all UTF-8 end before those that are none. */
function linesBeforeFault(chunk: Buffer): number {
  let lines = 0;
  for (let from = 0, end = chunk.indexOf(LF); end >= 0; from = end + 1, end = chunk.indexOf(LF, from), lines++)
    if (!isText(() => new TextDecoder("utf-8", { fatal: true }).decode(chunk.subarray(from, end)))) break;
  return lines;
}

function explain(error: unknown): string {
  const { code, message } = error as CsvError;
  if (code === "CSV_MAX_RECORD_SIZE") return `expected a line of at most ${RECORD_BYTES} characters; a quote may not be closed`;
  if (code === "CSV_QUOTE_NOT_CLOSED") return "a field opens with a quote that is never closed";
  if (code?.startsWith("CSV_")) return `not CSV as RFC 4180 says: ${message.replace(/ at line \d+.*/, "")}`;
  return message;
}
