import { useSyncExternalStore } from "react";

/** Sizes of the table, in pixels. They are numbers, since rows and columns that are out of sight are not drawn but measured. */
export interface TableMeasures {
  readonly row: number;
  readonly column: number;
  /** Rank and name of the model, which stay in sight. */
  readonly first: number;
  /** A band of the header. */
  readonly band: number;
  /** The names of the columns. */
  readonly names: number;
}

const WIDE: TableMeasures = { row: 28, column: 62, first: 300, band: 22, names: 170 };
const NARROW: TableMeasures = { row: 34, column: 58, first: 168, band: 22, names: 160 };
const narrow = matchMedia("(max-width: 46rem)");

function subscribe(listener: () => void): () => void {
  narrow.addEventListener("change", listener);
  return () => narrow.removeEventListener("change", listener);
}

/** The sizes that fit the window. */
export const useTableMeasures = (): TableMeasures => (useSyncExternalStore(subscribe, () => narrow.matches) ? NARROW : WIDE);
