import fc from "fast-check";
import { periodEnds, type Period } from "../../src/scoring/periods";

const at = (date: string): number => Date.parse(date.length === 10 ? `${date}T00:00:00Z` : date);
const ends = (every: Period, from: string, to: string, endsAtTo?: boolean): string[] =>
  periodEnds(every, at(from), at(to), endsAtTo).map((end) => new Date(end).toISOString());

test("§8 a period ends with its last millisecond in UTC", () => {
  expect(ends("DAY", "2024-02-28T23:59:59.999Z", "2024-02-29")).toEqual(["2024-02-28T23:59:59.999Z", "2024-02-29T23:59:59.999Z"]);
  expect(ends("MONTH", "2023-12-31", "2024-02-01")).toEqual(["2023-12-31T23:59:59.999Z", "2024-01-31T23:59:59.999Z", "2024-02-29T23:59:59.999Z"]); // prettier-ignore
  expect(ends("QUARTER", "2023-12-31", "2024-04-01")).toEqual(["2023-12-31T23:59:59.999Z", "2024-03-31T23:59:59.999Z", "2024-06-30T23:59:59.999Z"]); // prettier-ignore
  expect(ends("YEAR", "2023-12-31", "2024-01-01")).toEqual(["2023-12-31T23:59:59.999Z", "2024-12-31T23:59:59.999Z"]);
});

test("§8 a week is an ISO week, Monday to Sunday, also across years and before 1970", () => {
  expect(ends("WEEK", "2020-12-28", "2021-01-04")).toEqual(["2021-01-03T23:59:59.999Z", "2021-01-10T23:59:59.999Z"]);
  expect(ends("WEEK", "1969-12-28", "1969-12-29")).toEqual(["1969-12-28T23:59:59.999Z", "1970-01-04T23:59:59.999Z"]);
});

test("§8 a period that only touches [from, to] overlaps it", () => {
  expect(ends("MONTH", "2024-01-31T23:59:59.999Z", "2024-02-01T00:00:00.000Z")).toHaveLength(2);
  expect(ends("YEAR", "2024-05-05", "2024-05-05")).toEqual(["2024-12-31T23:59:59.999Z"]);
});

test("§8 there is no point where the range ends before it begins, be it in one period", () => {
  expect(ends("MONTH", "2024-03-01", "2024-02-01")).toEqual([]);
  expect(ends("MONTH", "2024-03-02", "2024-03-01")).toEqual([]);
});

test("§8 the last point is at `to` where that is now", () => {
  expect(ends("MONTH", "2024-01-15", "2024-02-10", true)).toEqual(["2024-01-31T23:59:59.999Z", "2024-02-10T00:00:00.000Z"]);
  expect(ends("MONTH", "2024-02-11", "2024-02-10", true)).toEqual([]);
});

test("§8 there are at most 1,000 points", () => {
  expect(ends("DAY", "2024-01-01", "2026-09-26")).toHaveLength(1000);
  expect(() => ends("DAY", "2024-01-01", "2026-09-27")).toThrow(
    expect.objectContaining({ code: "BAD_USER_INPUT", message: "A trend has at most 1000 points; from, to and every DAY make 1001." }),
  );
});

test("years before 100 and the last instant of all have their periods", () => {
  expect(ends("YEAR", "0099-05-05", "0100-01-01")).toEqual(["0099-12-31T23:59:59.999Z", "0100-12-31T23:59:59.999Z"]);
  expect(periodEnds("YEAR", 8.64e15, 8.64e15)).toEqual([8.64e15]);
});

test("§8 periods ascend, the first holds `from`, the last holds `to`, and none between is missing", () => {
  const instant = fc.integer({ min: at("1890-01-01"), max: at("2150-01-01") });
  const every = fc.constantFrom<Period>("DAY", "WEEK", "MONTH", "QUARTER", "YEAR");
  fc.assert(
    fc.property(every, instant, fc.nat(900 * 86_400_000), (period, from, length) => {
      const found = periodEnds(period, from, from + length);
      expect(found[0]).toBeGreaterThanOrEqual(from);
      expect(found.at(-1)).toBeGreaterThanOrEqual(from + length);
      for (let i = 1; i < found.length; i++) {
        expect(found[i - 1]).toBeLessThan(from + length);
        expect(periodEnds(period, found[i - 1] + 1, found[i])).toEqual([found[i]]);
      }
    }),
  );
});
