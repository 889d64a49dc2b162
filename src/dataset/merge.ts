import { type FactTable } from "../database/fact-tables";
import { type Value } from "./cells";
import { TABLES, type Table } from "./columns";
import { factValue, ownColumns } from "./fact-columns";
import { type Faults } from "./faults";
import { type Held } from "./held";
import { type Folder } from "./read-folder";

/** The fact tables that a data set folder fills: releases are none of its content. */
export type FolderTable = Exclude<FactTable, "release">;

/** What is merged into what, and where faults go. */
export interface Merge {
  readonly folder: Folder;
  readonly held: Held;
  readonly faults: Faults;
  /** Milliseconds since 1970: what ends later is in the future. */
  readonly now: number;
}

/** One fact to add or to change. */
export interface Change {
  /** Natural key within its table. */
  readonly key: string;
  /** Null for a fact to add. */
  readonly pk: number | null;
  /** What its id is made of, if it is added. */
  readonly naturalKey: readonly (string | number | null)[];
  /** By the database's column. */
  readonly values: Readonly<Record<string, unknown>>;
  /** By the database's column: the natural key of another fact, whose pk belongs there. */
  readonly links: Readonly<Record<string, string | null>>;
}

/** What a folder does to one fact table. */
export interface Plan {
  readonly table: FolderTable;
  readonly changes: readonly Change[];
  /** How many facts of the folder the database holds already, exactly so. */
  readonly unchanged: number;
}

/** The parts of a plan, gathered: a change that is null leaves a fact as it is. */
export const planOf = (table: FolderTable, changes: readonly (Change | null)[]): Plan => {
  const real = changes.filter((change) => change !== null);
  return { table, changes: real, unchanged: changes.length - real.length };
};

type Row = Readonly<Record<string, Value | undefined>>;

/** The database's values of the fields that a row has: none for a column that the file lacks. */
export const valuesOf = (table: Table, row: object): Record<string, Value> =>
  Object.fromEntries(
    ownColumns(table).flatMap(([column, fact]) => {
      const value = (row as Row)[column];
      return value === undefined ? [] : [[fact, factValue(table, column, value)]];
    }),
  );

/** True if a field that the row has says something else than the fact that is kept. A missing column says nothing. */
export const differs = (table: Table, row: object, kept: object): boolean =>
  Object.entries(TABLES[table].columns).some(([column, { otherwise }]) => {
    const value = (row as Row)[column];
    return value !== undefined && (value ?? otherwise) !== ((kept as Row)[column] ?? otherwise);
  });

/** Adds a fault for every row whose key an earlier row has. `keyOfRow` gives null for a row that may repeat. */
export function refuseRepeats<T>(
  { folder: { lines }, faults }: Merge,
  table: Table,
  rows: readonly T[],
  keyOfRow: (row: T) => string | null,
): void {
  const { file, key } = TABLES[table];
  const first = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const own = keyOfRow(row);
    if (own === null) continue;
    const earlier = first.get(own);
    if (earlier === undefined) first.set(own, lines[table][index]);
    else faults.add(file, lines[table][index], key.at(-1) ?? null, `the same ${key.join(", ")} as line ${earlier}`);
  }
}
