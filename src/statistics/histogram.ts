import { badInput } from "../errors";

/** How many values are ≥ min and < max; in the last bin, ≤ max. */
export interface HistogramBin {
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/**
 * Counts values, in ascending order and all finite, in equal bins (§6). `bins`: 1 to 200, default 20; otherwise it throws.
 * `range`: the first and the last edge, [0, 1] where values are ceiled; null, for raw values: from the lowest value to the highest,
 * which is one bin if they are equal. No values, no bins.
 */
export function histogram(sorted: Float64Array, bins = 20, range: readonly [number, number] | null = [0, 1]): HistogramBin[] {
  if (!Number.isInteger(bins) || bins < 1 || bins > 200) throw badInput(`A histogram has 1 to 200 bins, not ${bins}.`);
  if (sorted.length === 0) return [];
  const [min, max] = range ?? [sorted[0], sorted[sorted.length - 1]];
  const number = min === max ? 1 : bins;
  const edge = (bin: number): number => (bin === number ? max : min + ((max - min) * bin) / number);
  const result: HistogramBin[] = [];
  let counted = 0;
  for (let bin = 0; bin < number; bin++) {
    const first = counted;
    const end = edge(bin + 1);
    if (bin === number - 1) counted = sorted.length;
    else while (counted < sorted.length && sorted[counted] < end) counted++;
    result.push({ min: edge(bin), max: end, count: counted - first });
  }
  return result;
}
