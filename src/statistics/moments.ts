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
  let [xx, yy, inX, inY] = [0, 0, 0, 0];
  for (let i = 0; i < byX.length; i++) {
    const dx = (x[byX[i]] - meanX) / scaleX;
    const dy = (y[byY[i]] - meanY) / scaleY;
    xx += dx * dx;
    yy += dy * dy;
    inX += dx * ((y[byX[i]] - meanY) / scaleY);
    inY += dy * ((x[byY[i]] - meanX) / scaleX);
  }
  return { meanX, meanY, xx, yy, xy: (inX + inY) / 2, scaleX, scaleY };
}

function mean(values: Float64Array, order: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) sum += values[order[i]];
  return sum / order.length;
}

/** Of the first or the last in ascending order. */
function largestDeviation(values: Float64Array, mean: number, order: Int32Array): number {
  return Math.max(mean - values[order[0]], values[order[order.length - 1]] - mean);
}
