/** The codes that clients meet in `extensions.code`. Stable: a code is never renamed. */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "BAD_USER_INPUT"
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "INTROSPECTION_DISABLED"
  | "CONFLICT"
  | "TOO_MANY"
  | "RATE_LIMITED"
  | "TIMEOUT"
  | "INVALID_CURSOR"
  | "EXPIRED_CURSOR"
  | "EXPIRED_REVISION"
  | "UNAVAILABLE"
  | "CONFIGURATION"
  | "DATA_SET";

/** An expected failure: somebody's mistake or a known limit, with words that say what was expected and what was got. */
export class ExpectedError extends Error {
  /** For GraphQL, which copies `extensions` of an original error to the answer. */
  readonly extensions: { readonly code: ErrorCode } & Readonly<Record<string, unknown>>;

  /** `details`: what programs may want to know besides the code. Default: nothing. */
  constructor(
    readonly code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "ExpectedError";
    this.extensions = { code, ...details };
  }
}

/** An argument that is wrong in itself: out of range, of the wrong form, in conflict with another one. */
export const badInput = (message: string): ExpectedError => new ExpectedError("BAD_USER_INPUT", message);

/** A key or token that is good for nobody, such as a revoked one. `message` never repeats it. */
export const unauthenticated = (message: string): ExpectedError => new ExpectedError("UNAUTHENTICATED", message);

/** Something asked for by name or id is not there, or not for this viewer: the two are not told apart (§10). */
export const notFound = (kind: string, name: string): ExpectedError =>
  new ExpectedError("NOT_FOUND", `There is no ${kind} ${JSON.stringify(name)}.`);

/** Throws if what must hold does not: a mistake of ours, not of the caller's. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`This must not happen: ${message}`);
}
