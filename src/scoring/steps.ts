/** A long computation in steps: it yields wherever others can have their turn, and returns what it makes. */
export type Steps<T> = Generator<void, T>;

/** Observations that are gone through in one step: a few milliseconds. */
export const OBSERVATIONS_A_STEP = 1 << 15;

/** Takes all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
