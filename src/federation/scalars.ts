import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { LRUCache } from "lru-cache";
import { DateOnly } from "./date-only";

/** RFC 3339, section 5.6; the offset may be missing only where the time is missing too. */
const RFC_3339 = /^(\d{4}-\d{2}-\d{2})(?:[Tt](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2}))?$/;

const shown = (value: unknown): string =>
  typeof value === "string" && value.length > 100 ? `${JSON.stringify(value.slice(0, 100))}…` : JSON.stringify(value);

/** The first instant of a day, in epoch milliseconds; NaN for a day that no calendar has, such as 2021-02-29. */
function dayOf(date: string): number {
  const first = Date.parse(`${date}T00:00:00.000Z`);
  return Number.isNaN(first) || new Date(first).toISOString().slice(0, 10) !== date ? NaN : first;
}

function parseDateTime(value: unknown): Date {
  const [, date, time, fraction = "", offset] = (typeof value === "string" && RFC_3339.exec(value)) || [];
  const first = date === undefined ? NaN : dayOf(date);
  const instant = time === undefined ? first : Date.parse(`${date}T${time}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  if (Number.isNaN(first) || Number.isNaN(instant) || time?.startsWith("24"))
    throw new GraphQLError(
      `Expected an instant with an offset, such as 2021-03-01T12:00:00Z, or a date, such as 2021-03-01; got ${shown(value)}.`,
    );
  return time === undefined ? new DateOnly(first) : new Date(instant);
}

/**
 * RFC 3339. Out: UTC with milliseconds, from a `Date` or from epoch milliseconds. In: an instant with an offset gives a `Date`
 * (what is finer than a millisecond is cut off), a date gives a `DateOnly`. Throws on everything else.
 */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description:
    "An instant by RFC 3339 with an offset. Answers are in UTC with milliseconds: `2021-03-01T12:00:00.000Z`. A date alone, such as " +
    "`2021-03-01`, is taken too: it means the last instant of that day in UTC, and its first where it is the beginning of a range.",
  specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339",
  serialize(value) {
    const date = value instanceof Date ? value : typeof value === "number" ? new Date(value) : null;
    if (date === null || Number.isNaN(date.getTime())) throw new GraphQLError(`DateTime cannot show ${shown(value)}.`);
    return date.toISOString();
  },
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
});

/** Up to where the path begins. By the URL standard nothing behind that can make an address of http or https a wrong one. */
const ORIGIN = /^https?:\/\/[!-~]+?(?=[/\\?#]|$)/i;

/** Origins of addresses that were good: to look at an address takes longer than anything else in a card with hundreds of them. */
const goodOrigins = new LRUCache<string, true>({ max: 200 });

function isAddress(text: string): boolean {
  const origin = ORIGIN.exec(text)?.[0];
  if (origin !== undefined && goodOrigins.has(origin)) return true;
  const isGood = URL.canParse(text) && /^https?:\/\//i.test(text);
  if (isGood && origin !== undefined && origin.length < 200) goodOrigins.set(origin, true);
  return isGood;
}

function parseUrl(value: unknown): string {
  if (typeof value !== "string" || !isAddress(value))
    throw new GraphQLError(`Expected an absolute address that begins with http:// or https://; got ${shown(value)}.`);
  return value;
}

/** An absolute http or https address, as it was written. Throws on everything else, both ways. */
export const Url = new GraphQLScalarType<string, string>({
  name: "URL",
  description: "An absolute address that begins with `http://` or `https://`.",
  specifiedByURL: "https://url.spec.whatwg.org/",
  serialize: parseUrl,
  parseValue: parseUrl,
  parseLiteral: (node) => parseUrl(node.kind === Kind.STRING ? node.value : undefined),
});
