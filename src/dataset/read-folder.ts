import { type BibtexEntry } from "../subgraphs/citations/bibtex-entry";
import { type Table } from "./columns";
import { type Dataset } from "./dataset";
import { type Faults } from "./faults";
import { readFiles } from "./read-files";
import { readManifest, type Manifest } from "./read-manifest";
import { readReferences } from "./read-references";
import { readTable, type TableRows } from "./read-table";

/** A folder as it was read: its content, and where each thing stands in it. */
export interface Folder {
  readonly dataset: Dataset;
  /** For each table, the line that each row begins in. */
  readonly lines: Readonly<Record<Table, readonly number[]>>;
  /** The columns that each CSV file has: none if the file is not there. */
  readonly columns: Readonly<Record<Table, readonly string[]>>;
  /** The entries of references.bib, in order. */
  readonly entries: readonly BibtexEntry[];
  /** False if there is no accounts.csv: then a key is also the display name. */
  readonly hasAccounts: boolean;
  /** False if the names of the domain and of the data set were made up: then the database keeps those that it has. */
  readonly hasNames: boolean;
  readonly lineOf: Manifest["lineOf"];
}

/**
 * Reads a folder field by field; what is wrong in a file by itself is added to the faults. Null if dataset.json is not right: then all the
 * files were read for their faults, but there is no domain for them. `onTable` is told of each file before it is read.
 */
export async function readFolder(folder: string, faults: Faults, onTable: (file: Table) => void = () => {}): Promise<Folder | null> {
  const manifest = await readManifest(folder, faults);
  const read = <T extends Table>(table: T): Promise<TableRows<T>> => {
    onTable(table);
    return readTable(folder, table, faults);
  };
  const tables = {
    benchmarks: await read("benchmarks"),
    versions: await read("versions"),
    samples: await read("samples"),
    accounts: await read("accounts"),
    models: await read("models"),
    layers: await read("layers"),
    submissions: await read("submissions"),
    scores: await read("scores"),
  };
  const entries = await readReferences(folder, faults);
  const files = await readFiles(folder, tables.samples, faults);
  if (!manifest) return null;
  const { lineOf, ...rest } = manifest;
  const of = <V>(pick: (table: TableRows<Table>) => V): Record<Table, V> =>
    Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, pick(rows as TableRows<Table>)])) as Record<Table, V>;
  return {
    dataset: {
      ...rest,
      benchmarks: tables.benchmarks.rows,
      versions: tables.versions.rows,
      samples: tables.samples.rows,
      accounts: tables.accounts.rows,
      models: tables.models.rows,
      layers: tables.layers.rows,
      submissions: tables.submissions.rows,
      scores: tables.scores.rows,
      references: entries.map(({ key, text }) => ({ key, bibtex: text })),
      files,
    },
    lines: of(({ lines }) => lines),
    columns: of(({ columns }) => columns),
    entries,
    hasAccounts: tables.accounts.isThere,
    hasNames: true,
    lineOf,
  };
}
