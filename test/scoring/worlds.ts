import fc from "fast-check";
import { type World, type WorldBenchmark, type WorldObservation } from "../reference/world";

/** Names whose orders by UTF-16 unit, by code point and by a locale differ. */
const NAMES = ["a", "B", "b", "é", "ﬁ", "😀", "a-10", "a-2", "Z", "_"] as const;

const probably = (percent: number): fc.Arbitrary<boolean> => fc.nat(99).map((n) => n < percent);
const perhaps = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 4 });

/** Scores that are often equal, often on a rounding edge, sometimes below 0 or above 1. */
const score = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -100, max: 2200 }).map((n) => n / 2000) },
  { weight: 2, arbitrary: fc.constantFrom(0, 0.25, 0.5, 0.5004, 0.4996, 1) },
  { weight: 1, arbitrary: fc.double({ min: -0.5, max: 1.5, noNaN: true }).map((x) => (Math.abs(x) < 1e-300 ? 0 : x)) },
  { weight: 1, arbitrary: fc.constantFrom(-1e12, 1e12, 76.38, 1e-300, -0) },
);

const instant = perhaps(fc.nat(6));

const isolated = fc.record({
  parent: fc.nat(),
  order: fc.constantFrom(0, 0, 1, 999),
  isVisible: probably(80),
  isRaw: probably(30),
  rankDecimals: fc.oneof(fc.constantFrom(2, 3, null), fc.nat(9)),
  name: fc.constantFrom(...NAMES),
  versions: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
  weight: fc.constantFrom(1, 1, 1, 0, 0.5, 1 / 3, 2, 1e6),
  matches: probably(80),
});

const outcome = fc.record({
  version: fc.integer({ min: 1, max: 3 }),
  raw: perhaps(score),
  ceiled: perhaps(score),
  error: perhaps(fc.constantFrom(0, 0.001, 0.01, 0.05, 0.3)),
  failed: probably(20),
  startedAt: instant,
  endedAt: instant,
  retracted: probably(10),
  model: fc.nat(),
  benchmark: fc.nat(),
});

const parts = fc.record({
  benchmarks: fc.array(isolated, { minLength: 1, maxLength: 12 }),
  models: fc.uniqueArray(fc.record({ name: fc.constantFrom(...NAMES), isPublic: probably(75), isChosen: probably(60) }), {
    selector: (model) => model.name,
    minLength: 1,
    maxLength: 7,
  }),
  outcomes: fc.array(outcome, { maxLength: 60 }),
  isWeighted: fc.boolean(),
  isFiltered: fc.boolean(),
  missing: fc.constantFrom("ZERO" as const, "SKIP_NOT_RUN" as const, "SKIP_ALL" as const),
  asOf: fc.option(fc.nat(6), { freq: 2 }),
  isAmong: probably(30),
  shuffle: fc.infiniteStream(fc.nat()),
});

/**
 * Any world: invisible nodes, raw roots, exact and rounded ranks, weights, leaves that do not match, models that are not public or not
 * among those asked about, instants, duplicates, retractions, old versions, failures, unknown numbers and instants, ties. Identifiers end in the node's number.
 */
export const worlds: fc.Arbitrary<World> = parts.map(({ benchmarks, models, outcomes, shuffle, ...conditions }) => {
  const identifier = (i: number): string => `${benchmarks[i].name}${i}`;
  // Every third node, or so, is a root; the others hang below one that came before.
  const parentOf = benchmarks.map(({ parent }, i) => (i === 0 || parent % 4 === 3 ? -1 : parent % i));
  const leaves = benchmarks.map((_, i) => i).filter((i) => !parentOf.includes(i));
  const roots = parentOf.filter((parent) => parent < 0).length;
  let root = 0;
  const nodes = benchmarks.map(({ order, isVisible, isRaw, rankDecimals }, i): WorldBenchmark => {
    const isRoot = parentOf[i] < 0;
    const parent = isRoot ? null : identifier(parentOf[i]);
    return { identifier: identifier(i), parent, order, isVisible, isRaw, rankDecimals, rootPosition: isRoot ? roots - ++root : null };
  });
  const keys = new Set<string>();
  const observations = outcomes
    .map(({ model, benchmark, failed, ...rest }): WorldObservation => {
      const whose = { model: models[model % models.length].name, benchmark: identifier(leaves[benchmark % leaves.length]), failed };
      return { ...rest, ...whose, ...(failed ? { raw: null, ceiled: null, error: null } : {}) };
    })
    .filter((o) => {
      const key = JSON.stringify([o.model, o.benchmark, o.version, o.startedAt, o.endedAt]);
      const isNew = o.retracted || !keys.has(key);
      if (!o.retracted) keys.add(key);
      return isNew;
    });
  return {
    benchmarks: shuffled(nodes, shuffle),
    versions: leaves.flatMap((i) => benchmarks[i].versions.map((number) => ({ benchmark: identifier(i), number }))),
    models: models.map(({ name, isPublic }) => ({ name, isPublic })),
    observations,
    among: conditions.isAmong ? models.filter((m) => m.isChosen).map((m) => m.name) : null,
    only: conditions.isFiltered ? leaves.filter((i) => benchmarks[i].matches).map(identifier) : null,
    weights: Object.fromEntries(
      benchmarks.flatMap(({ weight }, i) => (conditions.isWeighted && parentOf[i] >= 0 ? [[identifier(i), weight]] : [])),
    ),
    missing: conditions.missing,
    asOf: conditions.asOf,
  };
});

/** The same things in another order. */
export function shuffled<T>(things: readonly T[], random: Iterator<number>): T[] {
  const rest = [...things];
  return things.map(() => rest.splice(random.next().value % rest.length, 1)[0]);
}
