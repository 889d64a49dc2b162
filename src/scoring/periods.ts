import { badInput } from "../errors";

/** Periods of the calendar in UTC; a WEEK begins on Monday (ISO 8601). */
export type Period = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";

/** A trend has no more points than this (§8). */
export const MOST_POINTS = 1000;

const DAY = 86_400_000;
/** The last instant that a date can tell. */
const LAST = 8.64e15;

const dayOf = (instant: number): number => Math.floor(instant / DAY);
const monthOf = (instant: number): number => new Date(instant).getUTCFullYear() * 12 + new Date(instant).getUTCMonth();
/** `Date.UTC` would take the years 0 to 99 as 1900 to 1999. */
const monthStart = (month: number): number => new Date(0).setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);

/** The number of the period that holds an instant, and the first instant of the period of a number. 1970 began on a Thursday. */
const CALENDAR: Record<Period, { number: (instant: number) => number; start: (number: number) => number }> = {
  DAY: { number: dayOf, start: (number) => number * DAY },
  WEEK: { number: (instant) => Math.floor((dayOf(instant) + 3) / 7), start: (number) => (number * 7 - 3) * DAY },
  MONTH: { number: monthOf, start: monthStart },
  QUARTER: { number: (instant) => Math.floor(monthOf(instant) / 3), start: (number) => monthStart(number * 3) },
  YEAR: { number: (instant) => Math.floor(monthOf(instant) / 12), start: (number) => monthStart(number * 12) },
};

/**
 * The last millisecond of each period that overlaps [from, to], ascending; none if `to` is before `from` (§8). Instants are
 * milliseconds since 1970. Throws if there are more than 1,000 of them. A trend that ends now, as it does by default, has its
 * last point at `to` instead: `endsAtTo`.
 */
export function periodEnds(every: Period, from: number, to: number, endsAtTo = false): number[] {
  const { number, start } = CALENDAR[every];
  const first = number(from);
  const count = Math.max(0, number(to) - first + 1);
  if (count > MOST_POINTS) throw badInput(`A trend has at most ${MOST_POINTS} points; from, to and every ${every} make ${count}.`);
  const ends = Array.from({ length: to < from ? 0 : count }, (_, i) => {
    const next = start(first + i + 1);
    return Number.isNaN(next) || next > LAST ? LAST : next - 1;
  });
  return endsAtTo && ends.length > 0 ? [...ends.slice(0, -1), to] : ends;
}
