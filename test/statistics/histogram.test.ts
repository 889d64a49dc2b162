import { histogram } from "../../src/statistics/histogram";
import { BOTH } from "../scoring/both";
import { seed, type Seed } from "../scoring/seed";

const story = (): Seed => seed().tree({ leaf: {} }).models("a", "b", "c", "d").outsiders("outsider");

describe.each(BOTH)("%s", (_, answers) => {
  const counts = (told: Seed, bins: number): number[] => answers(told.world()).histogram("leaf", bins).map((bin) => bin.count); // prettier-ignore

  test("§6 equal bins over [0, 1], the last one closed", () => {
    const told = story().scores("leaf", { a: 0, b: 0.5, c: 0.499, d: 1, outsider: 0.3 });
    expect(answers(told.world()).histogram("leaf", 2)).toEqual([
      { min: 0, max: 0.5, count: 2 },
      { min: 0.5, max: 1, count: 2 },
    ]);
    expect(counts(told, 4)).toEqual([1, 1, 1, 1]);
    expect(counts(told, 1)).toEqual([4]);
  });

  test("§6 a value on an edge is in the bin above", () => {
    expect(counts(story().scores("leaf", { a: 0.15, b: 0.3, c: 0.6, d: 0.7 }), 20)).toEqual(
      Array.from({ length: 20 }, (_, bin) => Number([3, 6, 12, 14].includes(bin))),
    );
  });

  test("§6 bins from the lowest to the highest under a raw root", () => {
    const told = story().benchmark("leaf", { isRaw: true }).scores("leaf", { a: -10, b: 30, c: 9.9, d: 10 });
    expect(answers(told.world()).histogram("leaf", 4)).toEqual([
      { min: -10, max: 0, count: 1 },
      { min: 0, max: 10, count: 1 },
      { min: 10, max: 20, count: 1 },
      { min: 20, max: 30, count: 1 },
    ]);
  });

  test("§6 min = max gives one bin, nothing gives none", () => {
    const told = story().benchmark("leaf", { isRaw: true });
    expect(answers(told.world()).histogram("leaf", 20)).toEqual([]);
    expect(answers(told.scores("leaf", { a: 3, b: 3 }).world()).histogram("leaf", 20)).toEqual([{ min: 3, max: 3, count: 2 }]);
    expect(answers(story().world()).histogram("leaf", 20)).toEqual([]);
  });
});

test("§6 20 bins unless told otherwise, at most 200", () => {
  expect(histogram(Float64Array.of(0.5))).toHaveLength(20);
  expect(histogram(Float64Array.of(0.5), 200)).toHaveLength(200);
});

test.each([0, 201, 2.5, -1, NaN])("§6 a histogram of %d bins is refused", (bins) => {
  expect(() => histogram(Float64Array.of(0.5), bins)).toThrow(`1 to 200 bins, not ${bins}`);
});
