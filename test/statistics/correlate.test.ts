import fc from "fast-check";
import { correlate, type CorrelationMethod } from "../../src/statistics/correlate";
import { sampleOf } from "../../src/statistics/sample";
import { referenceCorrelation } from "../reference/reference-pairs";

const METHODS = ["PEARSON", "SPEARMAN", "KENDALL"] as const;
const of = (x: number[], y: number[], method?: CorrelationMethod) =>
  correlate(sampleOf(Float64Array.from(x)), sampleOf(Float64Array.from(y)), method);

const ANSCOMBE = [[10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5], [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]] as const; // prettier-ignore
const TIED = [[1, 1, 2, 2, 2, 3, 4, 4, 5, 0], [1, 2, 2, 2, 3, 3, 1, 5, 5, 1]] as const; // prettier-ignore

// Anscombe 1973, the first of his four; p and the ranks' by scipy 1.17 (pearsonr, spearmanr, kendalltau asymptotic).
test.each([
  ["PEARSON", ANSCOMBE, 0.8164205163448395, 0.0021696288730788152],
  ["SPEARMAN", ANSCOMBE, 0.8181818181818182, 0.0020831448404786917],
  ["KENDALL", ANSCOMBE, 0.6363636363636364, 0.006435091231559117],
  ["PEARSON", TIED, 0.6999875558873977, 0.024209954893738367],
  ["SPEARMAN", TIED, 0.6338093906532624, 0.049098600385090445],
  ["KENDALL", TIED, 0.5978565316465418, 0.028958763956913304],
] as const)("§6 %s of %j is %d, its p %d", (method, [x, y], r, p) => {
  const found = of([...x], [...y], method);
  expect(found.r).toBeCloseTo(r, 14);
  expect(found.pValue! / p).toBeCloseTo(1, 12);
  expect(found.count).toBe(x.length);
});

test("§6 the line is the least-squares one of y on x, of the values whatever the method", () => {
  for (const method of METHODS) {
    const { slope, intercept } = of([...ANSCOMBE[0]], [...ANSCOMBE[1]], method);
    expect([slope, intercept]).toEqual([expect.closeTo(0.5000909090909091, 14), expect.closeTo(3.0000909090909103, 14)]);
  }
});

test("§6 under 3 pairs all but the count is null", () => {
  const nothing = { r: null, pValue: null, slope: null, intercept: null };
  for (const method of METHODS) {
    expect(of([], [], method)).toEqual({ ...nothing, count: 0 });
    expect(of([1, 2], [1, 2], method)).toEqual({ ...nothing, count: 2 });
  }
});

test("§6 where one side has one value alone, also one that doubles round, all but the count is null", () => {
  const nothing = { r: null, pValue: null, slope: null, intercept: null, count: 3 };
  for (const method of METHODS) {
    expect(of([0.1, 0.1, 0.1], [1, 2, 3], method)).toEqual(nothing);
    expect(of([1, 2, 3], [0.1, 0.1, 0.1], method)).toEqual(nothing);
  }
});

test("§6 what goes together wholly has r = 1 and p = 0; r = −1 the other way", () => {
  expect(of([1, 2, 3, 4], [3, 5, 7, 9])).toMatchObject({ r: 1, pValue: 0, slope: 2, intercept: 1 });
  expect(of([1, 2, 3, 4], [1, 8, 27, 64], "SPEARMAN")).toMatchObject({ r: 1, pValue: 0 });
  expect(of([1, 2, 3, 4], [64, 27, 8, 1], "SPEARMAN")).toMatchObject({ r: -1, pValue: 0 });
  expect(of([1, 2, 3, 4], [64, 27, 8, 1], "KENDALL").r).toBe(-1);
});

test("§6 p of τ-b is the normal's, which no r makes 0", () => {
  // z = 6 / √(4 · 3 · 13 / 18) = 2.038
  expect(of([1, 2, 3, 4], [1, 2, 3, 4], "KENDALL").pValue).toBeCloseTo(0.0415, 4);
});

test("tiny and huge differences keep their correlation", () => {
  expect(of([0, 1e-200, 3e-200], [1e12, -1e12, -3e12]).r).toBeCloseTo(of([0, 1, 3], [1, -1, -3]).r!, 14);
  expect(of([1, 1 + 2 ** -52, 1], [0, 1, 0]).r).toBeCloseTo(1, 10);
});

test("what is known of one side only is left out", () => {
  const x = sampleOf(Float64Array.of(1, 2, NaN, 4, 9), Uint8Array.of(1, 1, 0, 1, 1));
  const y = sampleOf(Float64Array.of(2, 1, 5, 3, NaN), Uint8Array.of(1, 1, 1, 1, 0));
  for (const method of METHODS) expect(correlate(x, y, method)).toEqual(of([1, 2, 4], [2, 1, 3], method));
});

const value = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
);
const pairs = fc.array(fc.tuple(value, value, fc.boolean(), fc.boolean()), { maxLength: 40 });

test.each(METHODS)("§6 %s is the reference's, with ties and with what is known of one side only", (method) => {
  fc.assert(
    fc.property(pairs, (rows) => {
      const sample = (side: 0 | 1) =>
        sampleOf(Float64Array.from(rows, (row) => row[side]), Uint8Array.from(rows, (row) => Number(row[side + 2] || row[0] > 0))); // prettier-ignore
      const both = rows.filter((row) => (row[2] && row[3]) || row[0] > 0).map(([x, y]) => [x, y] as const);
      const found = correlate(sample(0), sample(1), method);
      const expected = referenceCorrelation(both, method);
      for (const name of ["r", "count", "slope", "intercept"] as const) {
        expect(found[name]).toEqual(expected[name] === null ? null : expect.closeTo(expected[name], 9));
      }
      // Where |r| is near 1, p moves with the root of r's last bits.
      expect(found.pValue).toEqual(expected.pValue === null ? null : expect.closeTo(expected.pValue, 6));
    }),
    { numRuns: 200 },
  );
});

test.each(METHODS)("%s has the same bits in whatever slots, and the same r and p either way round", (method) => {
  fc.assert(
    fc.property(pairs, (rows) => {
      const [x, y] = [rows.map((row) => row[0]), rows.map((row) => row[1])];
      const found = of(x, y, method);
      expect(of(x.toReversed(), y.toReversed(), method)).toEqual(found);
      const { r, pValue } = of(y, x, method);
      expect([r, pValue]).toEqual([found.r, found.pValue]);
      expect(r === null || Math.abs(r) <= 1).toBe(true);
      expect(pValue === null || (pValue >= 0 && pValue <= 1)).toBe(true);
      expect([null, 1]).toContain(of(x, x, method).r);
    }),
  );
});
