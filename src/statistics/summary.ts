/** The statistics of a node over the SCORED cells of the population (§6). Null where there are not enough values. */
export interface Summary {
  /** SCORED, FAILED and NOT_RUN cells of the population. */
  readonly count: number;
  readonly failed: number;
  readonly notRun: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** The mean of the middle two where their number is even. */
  readonly median: number | null;
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
  /** Of the sample (n − 1); null for fewer than two values. */
  readonly standardDeviation: number | null;
}

/** Summarises values in ascending order, all finite (§6); sums run from the lowest up. `failed`, `notRun`: cells without a value. */
export function summarize(sorted: Float64Array, failed: number, notRun: number): Summary {
  const count = sorted.length;
  const some = count > 0;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sorted[i];
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (sorted[i] - mean) * (sorted[i] - mean);
  return {
    count,
    failed,
    notRun,
    min: some ? sorted[0] : null,
    max: some ? sorted[count - 1] : null,
    mean: some ? mean : null,
    median: some ? (sorted[(count - 1) >> 1] + sorted[count >> 1]) / 2 : null,
    lowerQuartile: some ? quantile(sorted, 0.25) : null,
    upperQuartile: some ? quantile(sorted, 0.75) : null,
    standardDeviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null,
  };
}

/** Linear interpolation between the two nearest of at least one value (type 7 of Hyndman and Fan 1996). */
function quantile(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below];
  return place === below ? low : low + (place - below) * (sorted[below + 1] - low);
}
