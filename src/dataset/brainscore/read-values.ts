import { isoInstant, readInstant } from "../instants";

/** What a value is if it cannot be understood: not the same as one that is unknown. */
export const UNREADABLE = Symbol("unreadable");

/** A number, or one that a text writes (`"0.5"`, `"nan"`, `"-inf"`); null for nothing. May be NaN or infinite. */
export function toNumber(value: unknown): number | null | typeof UNREADABLE {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number") return value;
  if (typeof value !== "string") return UNREADABLE;
  const text = value.trim();
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text);
  if (/^[+-]?nan$/i.test(text)) return NaN;
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return UNREADABLE;
}

/** True or false, as Python, SQL and JSON write it; null for nothing. */
export function toTruth(value: unknown): boolean | null | typeof UNREADABLE {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value;
  const text = String(value).trim().toLowerCase();
  if (/^(true|t|yes|1)$/.test(text)) return true;
  return /^(false|f|no|0)$/.test(text) ? false : UNREADABLE;
}

/** An instant as ISO 8601 in UTC; `hasZone` is false if the text names none, and UTC was taken. Null for nothing. */
export function toInstant(value: unknown): { readonly iso: string; readonly hasZone: boolean } | null | typeof UNREADABLE {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value !== "string") return UNREADABLE;
  const text = value.trim();
  const milliseconds = readInstant(text);
  if (milliseconds === undefined) return UNREADABLE;
  return { iso: isoInstant(milliseconds), hasZone: /(?:[Zz]|:\d\d(?:[.,]\d+)?\s?[+-]\d\d(?::?\d\d)?)$/.test(text) };
}
