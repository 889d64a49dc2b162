import { EXPECTED, isAccountKey, isName, isText, isTitle, isWebAddress } from "../database/texts";
import { isoInstant, readInstant } from "./instants";

/** What a field holds once it is read; null is an empty field. */
export type Value = string | number | boolean | null;

/** A kind of field: how it is read, what is said of a wrong one, how it is written. */
export interface Cell {
  /** What a fault says was expected. */
  readonly expected: string;
  /** The value of a field that is not empty, or undefined if it is not as expected. */
  readonly read: (text: string) => Value | undefined;
  /** True if the column must be there and no field of it be empty. */
  readonly isNeeded: boolean;
  /** What an empty field stands for, if not for "unknown". */
  readonly otherwise: Value;
}

const cell = (expected: string, read: Cell["read"], otherwise: Value = null): Cell => ({ expected, read, otherwise, isNeeded: false });

/** The same kind of field, in a column that must be filled. */
export const needed = (kind: Cell): Cell => ({ ...kind, isNeeded: true });

/** How a value stands in a file: numbers as ECMAScript prints them, nothing for null. */
export function writeValue(value: Value | undefined, { otherwise }: Cell): string {
  const known = value ?? otherwise;
  return known === null ? "" : String(known);
}

/** A name that stands in code, URLs and citations. */
export const name = cell(EXPECTED.name, (text) => (isName(text) ? text : undefined));

/** The key of an account: a name that is no e-mail address. */
export const accountKey = cell(EXPECTED.accountKey, (text) => (isAccountKey(text) ? text : undefined));

/** A name for people to read: quotes are fine in it. */
export const title = cell(EXPECTED.title, (text) => (isTitle(text) ? text : undefined));

/** Any text, lines included. */
export const text = cell(EXPECTED.text, (given) => (isText(given) ? given : undefined));

/** An address on the web. */
export const webAddress = cell(EXPECTED.webAddress, (given) => (isWebAddress(given) ? given : undefined));

/** A sample's place: an address on the web, or the path of a file below the folder, with forward slashes. */
export const sampleAddress = cell("a URL that begins with http:// or https://, or the path of a file in the folder", (given) => {
  if (/^[a-z][a-z0-9+.-]*:/i.test(given)) return isWebAddress(given) ? given : undefined;
  const isPath = given.split("/").every((part) => part !== "" && part !== "." && part !== ".." && isName(part));
  return isPath ? given : undefined;
});

/** True if a sample's place, as `sampleAddress` let it through, is a path and not a URL. */
export const isPath = (address: string): boolean => !/^https?:/i.test(address);

const readNumber = (given: string): number | undefined => {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(given)) return undefined;
  const value = Number(given);
  return Number.isFinite(value) ? value + 0 : undefined;
};

/** A number of at most 1e12 in size (§2), at least `least`. */
export const number = (least = -1e12): Cell =>
  cell(least === -1e12 ? "a number of at most 1e12 in size" : `a number from ${least} to 1e12`, (given) => {
    const value = readNumber(given);
    return value !== undefined && value >= least && value <= 1e12 ? value : undefined;
  });

/** How much or how many of something, in whatever unit: no upper bound. */
export const size = cell("a number, 0 or more", (given) => {
  const value = readNumber(given);
  return value !== undefined && value >= 0 ? value : undefined;
});

/** A whole number, `25.0` too, from `least` to what four bytes hold. */
export const integer = (least: number, otherwise: number | null = null): Cell =>
  cell(
    least < 0 ? "a whole number" : `a whole number, at least ${least}`,
    (given) => {
      const value = readNumber(given);
      return value !== undefined && Number.isInteger(value) && value >= least && value <= 2 ** 31 - 1 ? value : undefined;
    },
    otherwise,
  );

/** True or false, as JSON, Python and spreadsheets write it. */
export const truth = (otherwise: boolean | null = null): Cell =>
  cell(
    "true or false",
    (given) => (/^(true|True|TRUE)$/.test(given) ? true : /^(false|False|FALSE)$/.test(given) ? false : undefined),
    otherwise,
  );

/** To how many decimals values are rounded before they are ranked (§5). */
export const rankDecimals = cell(
  "a whole number from 0 to 9, or exact",
  (given) => {
    if (given === "exact") return given;
    const value = readNumber(given);
    return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 9 ? value : undefined;
  },
  3,
);

/** An instant; without a zone it is in UTC, and without a time it is the day's first. */
export const instant = cell("an instant such as 2021-03-01T08:30:00Z", (given) => {
  const milliseconds = readInstant(given);
  return milliseconds === undefined ? undefined : isoInstant(milliseconds);
});
