import type { Wholes } from "../scoring/wholes";

/** A column of numbers, one an observation. */
export type Numbers = Wholes;

/** How much of a buffer somebody sees, in bytes. What is behind that is room. */
const seen = new WeakMap<ArrayBuffer, number>();

/** So many more than are there, so that what is added is seldom copied. */
const ROOM_SHARE = 1 / 64;
const LEAST_ROOM = 1_024;

/** A column of zeros with room behind it. */
export function roomy<T extends Numbers>(type: new (length: number) => T, length: number): T {
  const whole = new type(length + Math.ceil(length * ROOM_SHARE) + LEAST_ROOM);
  const column = whole.subarray(0, length) as T;
  seen.set(whole.buffer, column.byteLength);
  return column;
}

/**
 * The column with so many entries, the further ones to be filled by the caller. It stands in the same memory if there is room that nobody
 * sees, else in a copy; either way `column` and all that were made before it keep their length and what they say.
 */
export function longer<T extends Numbers>(column: T, length: number): T {
  const type = column.constructor as { new (length: number): T; new (buffer: ArrayBuffer, offset: number, length: number): T };
  const { buffer, byteLength, BYTES_PER_ELEMENT } = column;
  const needed = length * BYTES_PER_ELEMENT;
  if (seen.get(buffer) === byteLength && needed <= buffer.byteLength) {
    seen.set(buffer, needed);
    return new type(buffer, 0, length);
  }
  const copy = roomy(type, length);
  copy.set(column);
  return copy;
}
