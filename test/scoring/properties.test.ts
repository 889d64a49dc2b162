import fc from "fast-check";
import { roundTo } from "../../src/scoring/rounding";
import { type Answers, type World } from "../reference/world";
import { coreAnswers } from "./core-answers";
import { shuffled, worlds } from "./worlds";

const RUNS = { numRuns: 100 };

/** Worlds asked about now: in others a model's observations say which versions count, also for those who are not counted. */
const present = worlds.map((world): World => ({ ...world, asOf: null }));

/** What must hold of the core's answers for every model and benchmark of any world. */
function holds(claim: (answers: Answers, model: string, benchmark: string, world: World) => void, from = worlds): void {
  fc.assert(
    fc.property(from, (world) => {
      const answers = coreAnswers(world);
      for (const { identifier } of world.benchmarks) for (const { name } of world.models) claim(answers, name, identifier, world);
    }),
    RUNS,
  );
}

test("§3 the same facts in another order give the same bits", () => {
  fc.assert(
    fc.property(worlds, fc.infiniteStream(fc.nat()), (world, random) => {
      const one = coreAnswers(world);
      const models = shuffled(world.models, random);
      const other = coreAnswers({ ...world, models, observations: shuffled(world.observations, random) });
      for (const { identifier } of world.benchmarks) {
        expect(other.statistics(identifier)).toEqual(one.statistics(identifier));
        expect(other.leaderboard(identifier)).toEqual(one.leaderboard(identifier));
        for (const { name } of models) {
          const of = (a: Answers): unknown => [a.value(name, identifier), a.error(name, identifier), a.contributions(name, identifier)];
          expect(of(other)).toEqual(of(one));
        }
      }
    }),
    RUNS,
  );
});

test("§5 a model outside the population has the rank, the ties and the interval that it gets when it joins", () =>
  holds((answers, model, benchmark, world) => {
    const among = world.among && [...world.among, model];
    const joined = coreAnswers({ ...world, among, models: world.models.map((m) => (m.name === model ? { ...m, isPublic: true } : m)) });
    const of = (a: Answers): unknown => [
      a.rank(model, benchmark),
      a.tiedWith(model, benchmark),
      a.percentile(model, benchmark),
      a.interval(model, benchmark, 0.9),
    ];
    expect(of(answers)).toEqual(of(joined));
  }, present));

test("§5 models outside the population change nobody's answers", () =>
  holds((answers, model, benchmark, world) => {
    if (!answers.population.includes(model)) return;
    const without = world.models.filter((m) => answers.population.includes(m.name));
    const names = without.map((m) => m.name);
    const alone = coreAnswers({ ...world, models: without, observations: world.observations.filter((o) => names.includes(o.model)) });
    const of = (a: Answers): unknown => [
      a.rank(model, benchmark),
      a.percentile(model, benchmark),
      a.interval(model, benchmark, 0.5),
      a.statistics(benchmark),
      a.leaderboard(benchmark),
    ];
    expect(of(answers)).toEqual(of(alone));
  }, present));

test("§5 best ≤ rank ≤ worst, and a rank is null exactly where there is no value", () =>
  holds((answers, model, benchmark) => {
    const rank = answers.rank(model, benchmark);
    expect(rank === null).toBe(answers.value(model, benchmark) === null);
    for (const confidence of [1e-9, 0.5, 0.95, 1 - 1e-12]) {
      const interval = answers.interval(model, benchmark, confidence);
      expect(interval === null || (interval.best <= rank! && rank! <= interval.worst)).toBe(true);
    }
  }));

test("§3 contributions sum to the value, the largest in size first", () =>
  holds((answers, model, benchmark) => {
    const sizes = answers.contributions(model, benchmark).map(({ value }) => Math.abs(value));
    const sum = answers.contributions(model, benchmark).reduce((total, { value }) => total + value, 0);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(Math.abs(sum - (answers.value(model, benchmark) ?? 0))).toBeLessThanOrEqual(1e-12 * Math.max(1, ...sizes));
  }));

test("§5 a leaderboard lists the population that was run, ranks never falling", () =>
  holds((answers, _, benchmark) => {
    const listed = answers.leaderboard(benchmark);
    const ranks = listed.map((model) => answers.rank(model, benchmark) ?? Infinity);
    expect(ranks).toEqual(ranks.toSorted((a, b) => (a === b ? 0 : a - b)));
    const run = answers.population.filter((model) => answers.state(model, benchmark) !== "NOT_RUN");
    expect(listed.toSorted()).toEqual(run.toSorted());
  }));

test("§6 a histogram holds every value once, its bins meet", () =>
  holds((answers, _, benchmark) => {
    const bins = answers.histogram(benchmark, 7);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(answers.statistics(benchmark).count);
    for (let i = 1; i < bins.length; i++) expect(bins[i].min).toBe(bins[i - 1].max);
  }));

test("§4 rounding keeps the order, is odd and near, and rounds what is rounded to itself", () => {
  const value = fc.oneof(
    fc.double({ min: -2, max: 2, noNaN: true }),
    fc.integer({ min: -4000, max: 4000 }).map((n) => n / 2000),
  );
  fc.assert(
    fc.property(value, value, fc.nat(9), (a, b, decimals) => {
      const rounded = roundTo(a, decimals);
      expect(Math.sign(rounded - roundTo(b, decimals)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
      expect(roundTo(-a, decimals)).toBe(rounded === 0 ? 0 : -rounded);
      expect(roundTo(rounded, decimals)).toBe(rounded);
      expect(Math.abs(rounded - a)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 2e-12);
    }),
    { numRuns: 1000 },
  );
});
