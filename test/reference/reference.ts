import { referenceCells } from "./reference-cells";
import { referenceComparison, referenceCorrelation } from "./reference-pairs";
import { round, show } from "./reference-rounding";
import { byCodePoint, referencePopulation, referenceTree } from "./reference-tree";
import { type Answers, type World } from "./world";

/** Φ⁻¹((1 + c) / 2), from tables: the confidences that the reference can be asked about. */
export const QUANTILES: Readonly<Record<number, number>> = {
  0.5: 0.67448975019608174,
  0.8: 1.2815515655446004,
  0.9: 1.6448536269514722,
  0.95: 1.959963984540054,
  0.99: 2.5758293035489004,
};

/** The slow and obvious second implementation of §2 to §6: a search and a count for every answer. It shares no code with src. */
export function referenceAnswers(world: World): Answers {
  const tree = referenceTree(world);
  const { cell, winner, contributionsBelow } = referenceCells(world, tree);
  const population = referencePopulation(world);
  const key = (value: number, benchmark: string): number => {
    const decimals = tree.rankDecimals(benchmark);
    return decimals === null ? value : round(value, decimals);
  };
  const scored = (benchmark: string): string[] => population.filter((model) => cell(model, benchmark).state === "SCORED");
  const others = (model: string, benchmark: string): string[] => scored(benchmark).filter((other) => other !== model);
  const keyOf = (model: string, benchmark: string): number => key(cell(model, benchmark).value!, benchmark);
  const isScored = (model: string, benchmark: string): boolean => cell(model, benchmark).state === "SCORED";
  const rank = (model: string, benchmark: string): number | null =>
    isScored(model, benchmark)
      ? 1 + others(model, benchmark).filter((other) => keyOf(other, benchmark) > keyOf(model, benchmark)).length
      : null;
  const leaderboard = (benchmark: string): string[] => {
    const ranked = scored(benchmark).sort(
      (a, b) => rank(a, benchmark)! - rank(b, benchmark)! || cell(b, benchmark).value! - cell(a, benchmark).value! || byCodePoint(a, b),
    );
    return [...ranked, ...population.filter((model) => cell(model, benchmark).state === "FAILED").sort(byCodePoint)];
  };
  const ascending = (benchmark: string): number[] =>
    scored(benchmark)
      .map((model) => cell(model, benchmark).value!)
      .sort((a, b) => a - b);

  return {
    treeOrder: tree.treeOrder,
    population,
    currentVersion: tree.currentVersion,
    leafCount: (benchmark) => tree.leaves(benchmark).length,
    leaves: tree.leaves,
    listed: tree.listed,
    listedParent: tree.listedParent,
    depth: tree.depth,
    winner,
    state: (model, benchmark) => cell(model, benchmark).state,
    value: (model, benchmark) => cell(model, benchmark).value,
    error: (model, benchmark) => cell(model, benchmark).error,
    display: (model, benchmark) => show(cell(model, benchmark).state, cell(model, benchmark).value),
    rank,
    tiedWith: (model, benchmark) =>
      isScored(model, benchmark)
        ? others(model, benchmark).filter((other) => keyOf(other, benchmark) === keyOf(model, benchmark)).length
        : null,
    percentile: (model, benchmark) => {
      const all = others(model, benchmark);
      if (!isScored(model, benchmark) || all.length === 0) return null;
      return all.filter((other) => keyOf(other, benchmark) < keyOf(model, benchmark)).length / all.length;
    },
    interval: (model, benchmark, confidence) => {
      if (!isScored(model, benchmark)) return null;
      const end = (who: string, side: 1 | -1): number =>
        key(cell(who, benchmark).value! + side * QUANTILES[confidence] * (cell(who, benchmark).error ?? 0), benchmark);
      const all = others(model, benchmark);
      return {
        best: 1 + all.filter((other) => end(other, -1) > end(model, 1)).length,
        worst: 1 + all.filter((other) => end(other, 1) > end(model, -1)).length,
      };
    },
    coverage: (model, benchmark) => ({
      scored: tree.leaves(benchmark).filter((leaf) => isScored(model, leaf)).length,
      leaves: tree.leaves(benchmark).length,
    }),
    contributions: (model, benchmark) => contributionsBelow(model, benchmark).sort((a, b) => Math.abs(b.value) - Math.abs(a.value)),
    compare: (a, b, benchmark) =>
      referenceComparison(
        tree
          .leaves(benchmark)
          .filter((leaf) => isScored(a, leaf) && isScored(b, leaf))
          .map((leaf) => ({ a: cell(a, leaf).value!, b: cell(b, leaf).value!, decimals: tree.rankDecimals(leaf) })),
      ),
    correlation: (x, y, method) => {
      const both = scored(x).filter((model) => isScored(model, y));
      return referenceCorrelation(
        both.map((model) => [cell(model, x).value!, cell(model, y).value!]),
        method,
      );
    },
    leaderboard,
    best: (benchmark) => leaderboard(benchmark).filter((model) => rank(model, benchmark) === 1),
    statistics: (benchmark) => {
      const values = ascending(benchmark);
      const inState = (state: string): number =>
        tree.isInTree(benchmark) ? population.filter((model) => cell(model, benchmark).state === state).length : 0;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
      // Type 7: the place of probability p among n values is 1 + (n − 1) · p.
      const quantile = (p: number): number | null => {
        if (values.length === 0) return null;
        const place = (values.length - 1) * p;
        const [low, high] = [values[Math.floor(place)], values[Math.ceil(place)]];
        return low + (place - Math.floor(place)) * (high - low);
      };
      const some = (value: number): number | null => (values.length > 0 ? value : null);
      return {
        count: values.length,
        failed: inState("FAILED"),
        notRun: inState("NOT_RUN"),
        min: some(values[0]),
        max: some(values[values.length - 1]),
        mean: some(mean),
        median: values.length === 0 ? null : (values[Math.floor((values.length - 1) / 2)] + values[Math.floor(values.length / 2)]) / 2,
        lowerQuartile: quantile(0.25),
        upperQuartile: quantile(0.75),
        standardDeviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null,
      };
    },
    histogram: (benchmark, bins) => {
      const values = ascending(benchmark);
      if (values.length === 0) return [];
      const [min, max] = tree.isRaw(benchmark) ? [values[0], values[values.length - 1]] : [0, 1];
      if (min === max) return [{ min, max, count: values.length }];
      return Array.from({ length: bins }, (_, bin) => {
        const low = min + ((max - min) * bin) / bins;
        const isLast = bin === bins - 1;
        const high = isLast ? max : min + ((max - min) * (bin + 1)) / bins;
        return { min: low, max: high, count: values.filter((v) => v >= low && (isLast || v < high)).length };
      });
    },
  };
}
