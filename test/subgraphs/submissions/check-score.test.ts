import { DateOnly } from "../../../src/federation/date-only";
import { checkScore } from "../../../src/subgraphs/submissions/check-score";

const NOW = new Date("2026-06-15T12:00:00.000Z");
const faults = (over: object) =>
  checkScore({ model: "m", benchmark: "b", version: 1, endedAt: NOW, ...over }, NOW).map(({ field, message }) => `${field}: ${message}`);

describe("a score by itself", () => {
  it("may end at this very instant, but no millisecond later: clocks get no slack (§8)", () => {
    expect(faults({})).toEqual([]);
    expect(faults({ endedAt: new Date(NOW.getTime() + 1) })).toEqual([
      "endedAt: Expected an end that is not in the future, got 2026-06-15T12:00:00.001Z.",
    ]);
  });

  it("may not end today if only the date is said, which means its last instant (§8)", () => {
    expect(faults({ endedAt: new DateOnly(Date.parse("2026-06-14")) })).toEqual([]);
    expect(faults({ endedAt: new DateOnly(Date.parse("2026-06-15")) })).toEqual([
      "endedAt: Expected an end that is not in the future, got the date 2026-06-15, which means its last instant, 2026-06-15T23:59:59.999Z.",
    ]);
  });

  it.each([
    { raw: 1e12, ceiled: -1e12, error: 1e12 },
    { raw: 0, ceiled: -0, error: 0 },
    { failed: true, raw: null },
    { failed: null, startedAt: NOW },
  ])("takes %j (§2)", (over) => expect(faults(over)).toEqual([]));

  it.each([
    [{ raw: NaN }, "raw"],
    [{ raw: Infinity }, "raw"],
    [{ ceiled: -1.000001e12 }, "ceiled"],
    [{ error: -1e-9 }, "error"],
    [{ failed: true, error: 0 }, "error"],
    [{ startedAt: new Date(NOW.getTime() + 1) }, "endedAt"],
    [{ startedAt: new Date("0000-12-31T23:59:59Z") }, "startedAt"],
  ])("refuses %j (§2)", (over, field) => expect(faults(over).map((fault) => fault.split(":")[0])).toEqual([field]));
});
