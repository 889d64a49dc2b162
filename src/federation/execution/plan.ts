import type { Run } from "./run";

/** Variables as graphql-js coerced them. */
export type Variables = Readonly<Record<string, unknown>>;

/** The JSON of a value that a resolver gave and that is there: neither null nor an Error. Throws on what has no place in the answer: the run has failed then. */
export type Write = (run: Run, value: unknown) => string;

/** How the values of a type are written. */
export interface Writing {
  readonly write: Write;
  readonly isNullable: boolean;
}

/** One field of an answer's object. */
export interface FieldPlan extends Writing {
  /** What stands before its value: a comma, unless it is the first, its name in the answer and a colon. */
  readonly before: string;
  /** Reads the value, or a promise of it. */
  readonly read: (run: Run, source: unknown) => unknown;
}

/** The fields of an answer's object, in their order. */
export type ObjectPlan = readonly FieldPlan[];

/** How the data of a query are written under one setting of the variables that @skip and @include look at. */
export type Plan = (run: Run) => string | Promise<string>;

/** Thrown where graphql-js must execute: not an error of the query. */
export class Unplanned extends Error {}
