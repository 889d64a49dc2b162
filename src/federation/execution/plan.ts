import type { Run } from "./run";

/** Variables as graphql-js coerced them. */
export type Variables = Readonly<Record<string, unknown>>;

/** What stands in the answer for a value that a resolver gave. Throws on what has no place there: the run has failed then. */
export type Complete = (run: Run, value: unknown) => unknown;

/** One field of an answer's object. */
export interface FieldPlan {
  /** Its name in the answer. */
  readonly key: string;
  /** Reads the value, or a promise of it. */
  readonly read: (run: Run, source: unknown) => unknown;
  readonly complete: Complete;
}

/** The fields of an answer's object, in their order. */
export interface ObjectPlan {
  readonly fields: readonly FieldPlan[];
  /** An object that has them all, without values: copies of it keep their shape while they are filled. */
  readonly template: Readonly<Record<string, unknown>>;
}

/** How a query is executed under one setting of the variables that @skip and @include look at. */
export type Plan = (run: Run) => Record<string, unknown> | Promise<Record<string, unknown>>;

/** Thrown where graphql-js must execute: not an error of the query. */
export class Unplanned extends Error {}
