/** A value, or a promise of it. */
export type MaybePromise<Value> = Value | PromiseLike<Value>;

/** True for anything that answers later. */
export const isPromise = <Value>(value: MaybePromise<Value>): value is PromiseLike<Value> =>
  typeof (value as PromiseLike<Value> | null | undefined)?.then === "function";

/** `next` of a value, at once if it is there, later if it is promised: what is in memory must not wait for a turn of the event loop. */
export const after = <Value, Next>(value: MaybePromise<Value>, next: (value: Value) => MaybePromise<Next>): MaybePromise<Next> =>
  isPromise(value) ? value.then(next) : next(value);

const failure = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/**
 * Applies `next` to every element. One that fails becomes an Error in its place, as graphql-js takes it. If any of the results is
 * promised, all are waited for together, so that what comes next asks its loaders in one batch.
 */
export function afterEach(values: readonly unknown[], next: (value: unknown) => unknown): unknown[] | Promise<unknown[]> {
  let waits = false;
  const results = values.map((value) => {
    try {
      const result = next(value);
      waits ||= isPromise(result);
      return result;
    } catch (error) {
      return failure(error);
    }
  });
  return waits ? Promise.all(results.map((result) => (isPromise(result) ? result.then(undefined, failure) : result))) : results;
}
