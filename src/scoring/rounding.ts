/** As `rankDecimals`: values are compared exactly, without rounding (§5). */
export const EXACT = -1;

const SCALES = Array.from({ length: 10 }, (_, decimals) => Number(`1e${decimals}`));
const TOLERANCES = Array.from({ length: 10 }, (_, decimals) => Number(`1e${decimals - 12}`));

/**
 * Rounds a finite number to `decimals` (0 to 9) places, half away from zero; what floating point left less than 1e-12 below an
 * edge counts as on the edge, and −0 becomes 0 (§4). Never decreasing in `value`, so it keeps an order.
 */
export function roundTo(value: number, decimals: number): number {
  const scale = SCALES[decimals];
  const size = Math.floor(Math.abs(value) * scale + 0.5 + TOLERANCES[decimals]) / scale;
  return value < 0 && size !== 0 ? -size : size;
}

/** The number that a finite value is compared by in ranks: rounded to `decimals`, or itself where that is EXACT (§5). */
export function rankKey(value: number, decimals: number): number {
  return decimals === EXACT ? value : roundTo(value, decimals);
}
