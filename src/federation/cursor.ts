import { createHmac, timingSafeEqual } from "node:crypto";
import { ExpectedError } from "../errors";
import { canonical } from "./canonical";
import type { Context } from "./context";

/** What a row is found again by: its place in the order of its list. */
export type Key = readonly (string | number | boolean | null)[];

/** What a cursor carries. */
export interface Position {
  readonly key: Key;
  /** The revision that it was made at, for lists whose order depends on one; else null. */
  readonly revision: string | null;
}

const SIGNATURE_BYTES = 12;
const LONGEST_CURSOR = 4_096;

const sign = (idKey: Buffer, list: string, payload: string): Buffer =>
  createHmac("sha256", idKey).update(`["cursor",${list},${payload}]`).digest().subarray(0, SIGNATURE_BYTES);

/**
 * Makes the cursors of one list. `list` is everything that decides what is listed and in which order: its name, filter and order. The
 * signature covers it, so a cursor is good for this list only, and nobody can make one up.
 */
export function cursorWriter(context: Context, list: readonly unknown[], revision: string | null = null): (key: Key) => string {
  const { idKey } = context;
  const scope = canonical(list);
  return (key) => {
    const payload = JSON.stringify([key, revision]);
    return Buffer.concat([sign(idKey, scope, payload), Buffer.from(payload)]).toString("base64url");
  };
}

/** Reads a cursor of this list. Throws INVALID_CURSOR, naming the argument, on a foreign, forged or malformed one. */
export function readCursor(context: Context, list: readonly unknown[], argument: string, cursor: string): Position {
  const bytes = cursor.length <= LONGEST_CURSOR ? Buffer.from(cursor, "base64url") : Buffer.alloc(0);
  const payload = bytes.subarray(SIGNATURE_BYTES).toString();
  const isOurs =
    bytes.length > SIGNATURE_BYTES &&
    bytes.toString("base64url") === cursor &&
    timingSafeEqual(bytes.subarray(0, SIGNATURE_BYTES), sign(context.idKey, canonical(list), payload));
  if (!isOurs) throw invalidCursor(argument, "is no cursor of this list with this filter and order");
  const [key, revision] = JSON.parse(payload) as [Key, string | null];
  return { key, revision };
}

/** The refusal of a cursor in an argument, with the reason. */
export const invalidCursor = (argument: string, reason: string): ExpectedError =>
  new ExpectedError("INVALID_CURSOR", `\`${argument}\` ${reason}. Use a cursor that this same list gave, or start without one.`);
