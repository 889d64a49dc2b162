const INSTANT = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;

const EARLIEST = Date.parse("0001-01-01T00:00:00Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * Reads an ISO 8601 instant as milliseconds since 1970; undefined if it is none.
 * A space may stand for the `T`; without a zone it is in UTC; what is finer than a millisecond is cut off.
 */
export function readInstant(text: string): number | undefined {
  const parts = INSTANT.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (Number(year) < 1 || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, "0").slice(0, 3)));
  const offset = readOffset(zone);
  if (offset === undefined) return undefined;
  const instant = date.getTime() - offset * 60_000;
  return instant >= EARLIEST && instant <= LATEST ? instant : undefined;
}

/** Minutes east of UTC; undefined where no place has such a zone. */
function readOffset(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(":", "") || 0);
  if (minutes > 14 * 60 || Number(zone.slice(3).replace(":", "") || 0) > 59) return undefined;
  return zone.startsWith("-") ? -minutes : minutes;
}

/** An instant in UTC, with as many digits of a second as it needs: `2021-03-01T08:30:00Z`, `2021-03-01T08:30:00.25Z`. */
export const isoInstant = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.?0*Z$/, "Z");
