import { TABLES, type RowOf, type Table } from "../columns";
import { type Journal } from "./journal";

/** What a row lacks to be one: a column of it, and what was expected there. */
export interface Unfit {
  readonly column: string;
  readonly expected: string;
  readonly got: unknown;
}

/**
 * The row with every field as a data set folder may have it. A field that would be refused there becomes unknown, which is a repair; if it
 * is one that the row cannot do without, what is wrong with it is given instead.
 */
export function fitRow<T extends Table>(
  table: T,
  row: RowOf<T>,
  { journal, where }: { readonly journal: Journal; readonly where: () => string },
): { readonly row: RowOf<T> } | { readonly unfit: Unfit } {
  const fitted: Record<string, unknown> = { ...row };
  for (const [column, { isNeeded, expected, read }] of Object.entries(TABLES[table].columns)) {
    const got = fitted[column] as string | number | boolean | null | undefined;
    if (got === undefined || got === null || got === "") {
      if (isNeeded) return { unfit: { column, expected, got: got ?? null } };
      if (got === "") fitted[column] = null;
      continue;
    }
    const value = read(String(got));
    if (value === undefined) {
      if (isNeeded) return { unfit: { column, expected, got } };
      journal.repair(`a value of ${column} that is not ${expected}: unknown`, where, got);
    }
    fitted[column] = value ?? null;
  }
  return { row: fitted as unknown as RowOf<T> };
}
