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
  const [lowX, lowY] = [x[byX[0]], y[byY[0]]];
  const meanX = meanAbove(lowX, x, byX);
  const meanY = meanAbove(lowY, y, byY);
  const scaleX = largestDeviation(x[byX[byX.length - 1]] - lowX, meanX);
  const scaleY = largestDeviation(y[byY[byY.length - 1]] - lowY, meanY);
  const [perX, perY] = [1 / scaleX, 1 / scaleY];
  let xx = 0;
  let yy = 0;
  let inX = 0;
  let inY = 0;
  for (let i = 0; i < byX.length; i++) {
    const dx = (x[byX[i]] - lowX - meanX) * perX;
    const dy = (y[byY[i]] - lowY - meanY) * perY;
    xx += dx * dx;
    yy += dy * dy;
    inX += dx * ((y[byX[i]] - lowY - meanY) * perY);
    inY += dy * ((x[byY[i]] - lowX - meanX) * perX);
  }
  return { meanX: lowX + meanX, meanY: lowY + meanY, xx, yy, xy: (inX + inY) / 2, scaleX, scaleY };
}

/** How far the mean is above the lowest value. Values that hardly differ lose nothing in it, as they would in their sum. */
function meanAbove(low: number, values: Float64Array, order: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) sum += values[order[i]] - low;
  return sum / order.length;
}

/** Of the lowest value or the highest, `range` above it; not so small that 1 over it is infinite. */
const largestDeviation = (range: number, mean: number): number => Math.max(1e-300, mean, range - mean);
