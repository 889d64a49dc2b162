import { summarize } from "../../src/statistics/summary";
import { BOTH } from "../scoring/both";
import { seed, type Seed } from "../scoring/seed";

const story = (): Seed => seed().tree({ leaf: {} }).models("a", "b", "c", "d", "e").outsiders("outsider");

describe.each(BOTH)("%s", (_, answers) => {
  const statistics = (told: Seed) => answers(told.world()).statistics("leaf");

  test("§6 counts SCORED cells of the population; FAILED and NOT_RUN ones apart", () => {
    const told = story().scores("leaf", { a: 0.5, b: "failed", c: 0, outsider: 1 });
    expect(statistics(told)).toMatchObject({ count: 2, failed: 1, notRun: 2, min: 0, max: 0.5, mean: 0.25 });
  });

  test("§6 the median of an odd number is the middle one, of an even number the mean of the middle two", () => {
    expect(statistics(story().scores("leaf", { a: 0.9, b: 0.1, c: 0.2 })).median).toBe(0.2);
    expect(statistics(story().scores("leaf", { a: 0.9, b: 0.1, c: 0.25, d: 0.5 })).median).toBe(0.375);
  });

  test("§6 quartiles interpolate linearly (type 7)", () => {
    // numpy.quantile([.1, .2, .4, .8], [.25, .75]) = [.175, .5]
    const { lowerQuartile, upperQuartile } = statistics(story().scores("leaf", { a: 0.8, b: 0.1, c: 0.4, d: 0.2 }));
    expect(lowerQuartile).toBeCloseTo(0.175, 14);
    expect(upperQuartile).toBeCloseTo(0.5, 14);
  });

  test("§6 the standard deviation is the sample's", () => {
    // statistics.stdev([.1, .2, .4, .8]) = .30956959368344517
    expect(statistics(story().scores("leaf", { a: 0.8, b: 0.1, c: 0.4, d: 0.2 })).standardDeviation).toBeCloseTo(0.30956959368344517, 14);
    expect(statistics(story().scores("leaf", { a: 0.3, b: 0.3 })).standardDeviation).toBe(0);
  });

  test("§6 one value has no standard deviation", () => {
    expect(statistics(story().scores("leaf", { a: 0.3 }))).toEqual({
      ...{ count: 1, failed: 0, notRun: 4, min: 0.3, max: 0.3, mean: 0.3, median: 0.3, lowerQuartile: 0.3, upperQuartile: 0.3 },
      standardDeviation: null,
    });
  });

  test("§6 no value: null, not NaN", () => {
    expect(statistics(story().score("a", "leaf", "failed"))).toEqual({
      ...{ count: 0, failed: 1, notRun: 4, min: null, max: null, mean: null, median: null, lowerQuartile: null, upperQuartile: null },
      standardDeviation: null,
    });
  });
});

test("§3 sums run from the lowest value up, so that the same values give the same bits", () => {
  // From the highest down it would be 2 ** 53 / 3.
  expect(summarize(Float64Array.of(1, 1, 2 ** 53), 0, 0).mean).toBe((2 ** 53 + 2) / 3);
});
