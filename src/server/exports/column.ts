/**
 * What the values of a column are: `number` is a float64, `integer` an int32, `instant` milliseconds since 1970 in UTC, `truth` true or false.
 */
export type Kind = "text" | "number" | "integer" | "instant" | "truth";

/** A value of a row: null where nothing is known, or nothing is there. Numbers are finite. */
export type Value = string | number | boolean | null;

/** A column of a file, the same in every format. */
export interface Column {
  readonly name: string;
  readonly kind: Kind;
  /** True if no value is null. */
  readonly isNeeded: boolean;
  /** What its values say. */
  readonly description: string;
}

/** Some rows, column by column: as many values in each. */
export type Batch = readonly (readonly Value[])[];

const maker =
  (isNeeded: boolean) =>
  (name: string, kind: Kind, description: string): Column => ({ name, kind, isNeeded, description });

/** A column whose values may be missing. */
export const column = maker(false);

/** A column whose values are all there. */
export const needed = maker(true);
