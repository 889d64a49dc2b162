import { correlations, nodeSamples } from "../../src/scoring/correlations";
import { type CorrelationMethod } from "../../src/statistics/correlate";
import { BOTH } from "./both";
import { coreAnswers, coreFacts, coreStandings } from "./core-answers";
import { seed, type Seed } from "./seed";

const story = (): Seed =>
  seed()
    .tree({ all: { a: {}, b: {}, c: {} } })
    .models("k", "l", "m", "n", "o")
    .outsiders("private")
    .scores("a", { k: 0.1, l: 0.2, m: 0.3, n: 0.4, o: "failed", private: 0.9 })
    .scores("b", { k: 0.2, l: 0.1, m: 0.4, n: 0.3, o: 0.9, private: 0 })
    .scores("c", { k: 0.5, l: 0.5 });

describe.each(BOTH)("%s", (_, answers) => {
  const correlation = (told: Seed, x: string, y: string, method: CorrelationMethod = "PEARSON") =>
    answers(told.world()).correlation(x, y, method);

  test("§6 a correlation is over the population models SCORED on both", () => {
    expect(correlation(story(), "a", "b")).toMatchObject({ count: 4, r: expect.closeTo(0.6, 12), slope: expect.closeTo(0.6, 12), intercept: expect.closeTo(0.1, 12) }); // prettier-ignore
    expect(correlation(story(), "a", "b", "SPEARMAN")).toMatchObject({ count: 4, r: expect.closeTo(0.6, 12), pValue: expect.closeTo(0.4, 9) }); // prettier-ignore
    expect(correlation(story(), "a", "b", "KENDALL").r).toBeCloseTo(1 / 3, 12);
  });

  test("§6 §7 it is anew among the models chosen", () => {
    expect(correlation(story().under({ among: ["k", "l", "m", "private"] }), "a", "b")).toMatchObject({ count: 3, r: expect.closeTo(0.6547, 4) }); // prettier-ignore
    expect(correlation(story().under({ among: ["k", "l"] }), "a", "b")).toMatchObject({ count: 2, r: null, pValue: null });
  });

  test("§6 a node outside the tree goes with nothing", () => {
    const nothing = { r: null, count: 0, pValue: null, slope: null, intercept: null };
    expect(correlation(story().under({ only: ["a"] }), "a", "b")).toEqual(nothing);
    expect(correlation(story().under({ only: [] }), "a", "all")).toEqual(nothing);
  });
});

test("§6 a matrix holds each pair's correlation, a row for each x", () => {
  const world = story().world();
  const standings = coreStandings(world, coreFacts(world));
  const { tree } = standings.scope;
  const names = ["all", "a", "b", "c"];
  const answers = coreAnswers(world);
  for (const method of ["PEARSON", "SPEARMAN", "KENDALL"] as const) {
    const samples = [...nodeSamples(standings, names.map((name) => tree.find(name)))]; // prettier-ignore
    const rows = [...correlations(samples, method)];
    expect(rows).toEqual(names.map((x) => names.map((y) => answers.correlation(x, y, method))));
    expect(rows.slice(0, 3).map((row, i) => row[i].r)).toEqual([1, 1, 1]);
  }
});
