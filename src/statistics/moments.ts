/** Second moments of pairs, about their means. */
export interface Moments {
  readonly meanX: number;
  readonly meanY: number;
  /** Σ (x − mean x)², Σ (y − mean y)², Σ (x − mean x)(y − mean y), each deviation over the largest of its side. */
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
  /** The largest deviations. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/**
 * The moments of x and y over models in two orders. `byX`: by ascending x, equal ones by ascending y; `byY`: the other way round. Sums
 * of one side run in its order, those of both in either, halved: so the bits depend neither on the models' slots nor on which side is x.
 */
export function momentsOf(x: Float64Array, y: Float64Array, byX: Int32Array, byY: Int32Array): Moments {
  const meanX = mean(x, byX);
  const meanY = mean(y, byY);
  const scaleX = largestDeviation(x, meanX, byX);
  const scaleY = largestDeviation(y, meanY, byY);
  const [perX, perY] = [1 / scaleX, 1 / scaleY];
  let xx = 0;
  let yy = 0;
  let inX = 0;
  let inY = 0;
  for (let i = 0; i < byX.length; i++) {
    const dx = (x[byX[i]] - meanX) * perX;
    const dy = (y[byY[i]] - meanY) * perY;
    xx += dx * dx;
    yy += dy * dy;
    inX += dx * ((y[byX[i]] - meanY) * perY);
    inY += dy * ((x[byY[i]] - meanX) * perX);
  }
  return { meanX, meanY, xx, yy, xy: (inX + inY) / 2, scaleX, scaleY };
}

function mean(values: Float64Array, order: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) sum += values[order[i]];
  return sum / order.length;
}

/** Of the first or the last in ascending order; not so small that 1 over it is infinite. */
function largestDeviation(values: Float64Array, mean: number, order: Int32Array): number {
  return Math.max(1e-300, mean - values[order[0]], values[order[order.length - 1]] - mean);
}
