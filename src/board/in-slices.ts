import { setImmediate as breathe } from "node:timers/promises";
import { invariant } from "../errors";

/** How long all computations together may take in one turn of the event loop before others have theirs. */
const SLICE_MILLISECONDS = 5;

/** When the first computation of this turn of the event loop began; null if there was none. */
let turnBegan: number | null = null;

/** Waits for the next slice. Throws `Unwanted` if `isWanted` says no by then. */
export async function nextSlice(isWanted: () => boolean): Promise<void> {
  await breathe();
  if (!isWanted()) throw new Unwanted();
}

/** Whether this turn has lasted long enough. Computations that follow each other in one turn share its time. */
export function isSliceOver(): boolean {
  const now = performance.now();
  if (turnBegan === null) {
    turnBegan = now;
    setImmediate(() => (turnBegan = null));
  }
  return now - turnBegan >= SLICE_MILLISECONDS;
}

/** Why a computation stopped that nobody waits for any more. Nobody is there to read it. */
export class Unwanted extends Error {
  constructor() {
    super("Nobody waits for this computation any more.");
    this.name = "Unwanted";
  }
}

/**
 * Runs a long computation a slice at a time, so that it never holds up the event loop for longer than a slice and one step. It yields
 * wherever it can be interrupted. Throws `Unwanted` as soon as `isWanted` says no, before the first slice or between two.
 */
export async function inSlices<T>(steps: Generator<unknown, T>, isWanted: () => boolean): Promise<T> {
  if (!isWanted()) throw new Unwanted();
  isSliceOver();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (!isSliceOver()) continue;
    await nextSlice(isWanted);
  }
}

function* collect<T>(steps: Iterable<T | void>): Generator<void, T[]> {
  const all: T[] = [];
  for (const step of steps) {
    if (step !== undefined) all.push(step as T);
    yield;
  }
  return all;
}

/**
 * Everything that a computation makes, one by one, in slices; a step that gives nothing only lets it be interrupted. It stops when the
 * asker has gone, which `signal` tells.
 */
export const allInSlices = <T>(steps: Iterable<T | void>, signal?: AbortSignal): Promise<T[]> =>
  inSlices(collect(steps), () => !signal?.aborted);

/**
 * The same as promises, so many as there are things to be made, each kept as soon as its thing is. As a list of them a field of GraphQL
 * gives what is large: then what the executor does with each is done in slices as well.
 */
export function eachInSlices<T>(steps: Iterable<T | void>, count: number, signal?: AbortSignal): Promise<T>[] {
  const keepers: { keep: (made: T) => void; fail: (error: unknown) => void }[] = [];
  const promises = Array.from({ length: count }, () => new Promise<T>((keep, fail) => keepers.push({ keep, fail })));
  function* making(): Generator<void, void> {
    let made = 0;
    for (const step of steps) {
      if (step !== undefined) keepers[made++].keep(step as T);
      yield;
    }
    invariant(made === count, `${made} of ${count} were made`);
  }
  inSlices(making(), () => !signal?.aborted).catch((error: unknown) => keepers.forEach(({ fail }) => fail(error)));
  return promises;
}
