import { EXPECTED, isWebAddress } from "../database/texts";
import type { Writing } from "./mutate";

// Fields of inputs as columns of facts. Undefined is a field that is absent: nothing is said of its column. Null clears the column.

type Given<T> = T | null | undefined;
type Path = readonly (string | number)[];

/** A text: an empty one says nothing, so it is null. */
export const asText = (text: Given<string>): Given<string> => (text === "" ? null : text);

/** Refuses a number below `least` (default 0), above `most` (default none), or not finite. */
export function refuseOutside({ refuse }: Writing, path: Path, value: Given<number>, { least = 0, most = Infinity } = {}): void {
  if (value == null || (Number.isFinite(value) && value >= least && value <= most)) return;
  refuse("INVALID", path, `Expected a number ${most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`}, got ${value}.`);
}

/** Refuses what is no address on the web. */
export function refuseNoAddress({ refuse }: Writing, path: Path, address: Given<string>): void {
  if (address != null && !isWebAddress(address)) refuse("INVALID", path, `Expected ${EXPECTED.webAddress}, got ${quote(address)}.`);
}

/** Refuses null where a field can be left out but not cleared. */
export function refuseNull({ refuse }: Writing, path: Path, value: unknown): void {
  if (value === null) refuse("INVALID", path, "Expected a value or nothing at all: this cannot be cleared.");
}

/** A text of an input as a fault quotes it: not endless. */
export const quote = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
