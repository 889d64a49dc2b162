import { round } from "./reference-rounding";
import { type Correlated } from "./world";

type Pair = readonly [number, number];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

/**
 * Deviations from the mean, in units of the largest, so that the squares of tiny ones are not lost; all less the lowest first, so
 * that numbers that hardly differ do.
 */
function deviations(numbers: readonly number[]): { unit: number; from: number[] } {
  const above = numbers.map((number) => number - Math.min(...numbers));
  const unit = Math.max(...above.map((number) => Math.abs(number - mean(above))));
  return { unit, from: above.map((number) => (number - mean(above)) / unit) };
}

/** §6: r of Pearson from its definition. */
function pearson(pairs: readonly Pair[]): number {
  const [dx, dy] = [deviations(pairs.map(([x]) => x)).from, deviations(pairs.map(([, y]) => y)).from];
  const r = sum(dx.map((d, i) => d * dy[i])) / Math.sqrt(sum(dx.map((d) => d * d)) * sum(dy.map((d) => d * d)));
  return Math.max(-1, Math.min(1, r));
}

/** The mean of the places that equal numbers share. */
const averageRank = (number: number, numbers: readonly number[]): number =>
  numbers.filter((other) => other < number).length + (numbers.filter((other) => other === number).length + 1) / 2;

function ranks(pairs: readonly Pair[]): Pair[] {
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  return pairs.map(([x, y]) => [averageRank(x, xs), averageRank(y, ys)]);
}

/** The two-sided tail of Student's t in the closed form of whole degrees (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function studentTail(r: number, degrees: number): number {
  const angle = Math.asin(Math.abs(r));
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let series = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 2 : 1; k <= degrees - 3; k += 2) series += term *= (k / (k + 1)) * Math.cos(angle) ** 2;
  return isOdd ? 1 - (2 / Math.PI) * (angle + Math.sin(angle) * series) : 1 - Math.sin(angle) * series;
}

/** The two-sided tail of the normal, by Simpson's rule from 0 to z. */
function normalTail(z: number): number {
  const height = (i: number): number => Math.exp(-(((z * i) / 1000) ** 2) / 2);
  const area = sum(Array.from({ length: 1001 }, (_, i) => height(i) * (i % 1000 === 0 ? 1 : i % 2 === 1 ? 4 : 2)));
  return 1 - (2 / Math.sqrt(2 * Math.PI)) * (z / 3000) * area;
}

/** τ-b by looking at every two pairs, and its p. */
function kendall(pairs: readonly Pair[]): { r: number; pValue: number } {
  const n = pairs.length;
  const two = pairs.flatMap(([x, y], i) => pairs.slice(i + 1).map(([u, v]) => [Math.sign(x - u), Math.sign(y - v)] as const));
  const difference = sum(two.map(([x, y]) => x * y));
  const untied = (side: 0 | 1): number => two.filter((signs) => signs[side] !== 0).length;
  const groups = (side: 0 | 1): number[] => {
    const numbers = pairs.map((pair) => pair[side]);
    return [...new Set(numbers)].map((number) => numbers.filter((other) => other === number).length);
  };
  const over = (side: 0 | 1, term: (t: number) => number): number => sum(groups(side).map(term));
  const [v, v2, v3] = [(t: number) => t * (t - 1) * (2 * t + 5), (t: number) => t * (t - 1) * (t - 2), (t: number) => t * (t - 1)];
  const variance =
    (v(n) - over(0, v) - over(1, v)) / 18 +
    (over(0, v2) * over(1, v2)) / (9 * n * (n - 1) * (n - 2)) +
    (over(0, v3) * over(1, v3)) / (2 * n * (n - 1));
  return { r: difference / Math.sqrt(untied(0) * untied(1)), pValue: normalTail(Math.abs(difference) / Math.sqrt(variance)) };
}

/** §6: the correlation of pairs, and the least-squares line of y on x. */
export function referenceCorrelation(pairs: readonly Pair[], method: "PEARSON" | "SPEARMAN" | "KENDALL"): Correlated {
  const count = pairs.length;
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  if (count < 3 || new Set(xs).size < 2 || new Set(ys).size < 2) return { r: null, count, pValue: null, slope: null, intercept: null };
  const [dx, dy] = [deviations(xs), deviations(ys)];
  const slope = (sum(dx.from.map((d, i) => d * dy.from[i])) / sum(dx.from.map((d) => d * d))) * (dy.unit / dx.unit);
  const line = { slope, intercept: mean(ys) - slope * mean(xs) };
  if (method === "KENDALL") return { count, ...kendall(pairs), ...line };
  const r = pearson(method === "PEARSON" ? pairs : ranks(pairs));
  return { r, count, pValue: studentTail(r, count - 2), ...line };
}

/** §6: two models over the leaves that both have a value on, each with the decimals that it is compared by. */
export function referenceComparison(leaves: readonly { a: number; b: number; decimals: number | null }[]) {
  const key = (value: number, decimals: number | null): number => (decimals === null ? value : round(value, decimals));
  const signs = leaves.map(({ a, b, decimals }) => Math.sign(key(a, decimals) - key(b, decimals)));
  const pairs = leaves.map(({ a, b }): Pair => [a, b]);
  return {
    sharedLeaves: leaves.length,
    aWins: signs.filter((sign) => sign > 0).length,
    bWins: signs.filter((sign) => sign < 0).length,
    ties: signs.filter((sign) => sign === 0).length,
    pearson: referenceCorrelation(pairs, "PEARSON").r,
    spearman: referenceCorrelation(pairs, "SPEARMAN").r,
  };
}
