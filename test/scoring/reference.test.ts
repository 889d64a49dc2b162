import fc from "fast-check";
import { QUANTILES, referenceAnswers } from "../reference/reference";
import { type Answers } from "../reference/world";
import { coreAnswers } from "./core-answers";
import { worlds } from "./worlds";

/** Holds a question's two answers against each other, over every model and benchmark of any world. */
function agree(ask: (answers: Answers, model: string, benchmark: string) => unknown, runs = 100): void {
  fc.assert(
    fc.property(worlds, (world) => {
      const told = (answers: Answers): unknown[] =>
        world.benchmarks.flatMap(({ identifier }) => world.models.map(({ name }) => [name, identifier, ask(answers, name, identifier)]));
      expect(told(coreAnswers(world))).toEqual(told(referenceAnswers(world)));
    }),
    { numRuns: runs },
  );
}

test("§3 §7 §8 the tree, its order, listings and leaf counts, the population and the versions are the reference's", () =>
  agree((a, _, b) => [
    a.treeOrder,
    a.leafCount(b),
    a.listed(b),
    a.listed(null),
    a.listedParent(b),
    a.depth(b),
    a.population,
    a.currentVersion(b),
  ]));

test("§2 the winning observations are the reference's", () => agree((a, m, b) => a.winner(m, b)));

test("§2 §3 states, values and errors are the reference's, to the last bit", () =>
  agree((a, m, b) => [a.state(m, b), a.value(m, b), a.error(m, b)], 200));

test("§4 displays are the reference's", () => agree((a, m, b) => a.display(m, b)));

test("§5 ranks, ties and percentiles are the reference's", () =>
  agree((a, m, b) => [a.rank(m, b), a.tiedWith(m, b), a.percentile(m, b)], 200));

test("§5 rank intervals are the reference's", () => agree((a, m, b) => Object.keys(QUANTILES).map((c) => a.interval(m, b, Number(c)))));

test("§5 leaderboards are the reference's", () => agree((a, _, b) => [a.leaderboard(b), a.best(b)]));

test("§3 coverage is the reference's", () => agree((a, m, b) => a.coverage(m, b)));

test("§3 contributions are the reference's", () => agree((a, m, b) => a.contributions(m, b)));

test("§6 statistics are the reference's", () => agree((a, _, b) => a.statistics(b)));

test("§6 histograms are the reference's", () => agree((a, _, b) => [1, 3, 20].map((bins) => a.histogram(b, bins))));

/** Within the ninth decimal, for what the two compute by different formulas. */
const near = (a: Answers, x: string, y: string, method: "PEARSON" | "SPEARMAN" | "KENDALL"): unknown => {
  const { r, count, pValue } = a.correlation(x, y, method);
  return [count, r === null ? null : Math.round(r * 1e6), pValue === null];
};

test("§6 correlations of any benchmark with the first are the reference's", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const [core, reference] = [coreAnswers(world), referenceAnswers(world)];
      const first = world.benchmarks[0].identifier;
      for (const { identifier } of world.benchmarks) {
        for (const method of ["PEARSON", "SPEARMAN", "KENDALL"] as const) {
          expect(near(core, first, identifier, method)).toEqual(near(reference, first, identifier, method));
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("§6 comparisons of any model with the first are the reference's", () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const compare = (a: Answers): unknown[] =>
        world.benchmarks.flatMap(({ identifier }) =>
          world.models.map(({ name }) => {
            const { pearson, spearman, ...counts } = a.compare(world.models[0].name, name, identifier);
            return [counts, ...[pearson, spearman].map((r) => r && Math.round(r * 1e6))];
          }),
        );
      expect(compare(coreAnswers(world))).toEqual(compare(referenceAnswers(world)));
    }),
    { numRuns: 200 },
  );
});
