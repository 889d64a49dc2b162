import { setImmediate as breathe } from "node:timers/promises";

/** How long a slice may take before other requests have their turn. */
const SLICE_MILLISECONDS = 20;

/** Why a computation stopped that nobody waits for any more. Nobody is there to read it. */
export class Unwanted extends Error {
  constructor() {
    super("Nobody waits for this computation any more.");
    this.name = "Unwanted";
  }
}

/**
 * Runs a long computation a slice at a time, so that it never holds up the event loop for longer than a slice and one step. It yields
 * wherever it can be interrupted. Throws `Unwanted` as soon as `isWanted` says no between two slices.
 */
export async function inSlices<T>(steps: Generator<unknown, T>, isWanted: () => boolean): Promise<T> {
  let begin = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begin < SLICE_MILLISECONDS) continue;
    await breathe();
    if (!isWanted()) throw new Unwanted();
    begin = performance.now();
  }
}

function* collect<T>(steps: Iterable<T>): Generator<void, T[]> {
  const all: T[] = [];
  for (const step of steps) {
    all.push(step);
    yield;
  }
  return all;
}

/** Everything that a computation makes, one by one, in slices. It stops when the asker has gone, which `signal` tells. */
export const allInSlices = <T>(steps: Iterable<T>, signal?: AbortSignal): Promise<T[]> => inSlices(collect(steps), () => !signal?.aborted);
