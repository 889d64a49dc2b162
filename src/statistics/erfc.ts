/** Terms and steps after which nothing more is to be gained in doubles; from 1 up the fraction needs the most, about 110. */
const MOST = 500;

/**
 * The complementary error function, 2/√π ∫ₓ^∞ exp(−t²) dt, of a number ≥ 0, to about 1e-15 of itself: by its power series below 1,
 * by a continued fraction from there on (Abramowitz and Stegun 7.1.6, 7.1.14). A standard normal variable is further from 0 than z
 * with probability erfc(z / √2).
 */
export function erfc(x: number): number {
  if (x < 1) {
    let term = x;
    let sum = x;
    for (let n = 1; n < MOST && term > sum * 1e-17; n++) sum += term *= (2 * x * x) / (2 * n + 1);
    return 1 - (2 / Math.sqrt(Math.PI)) * exponential(x) * sum;
  }
  if (x > 27.3) return 0;
  // x + (1/2)/(x + 1/(x + (3/2)/(x + …))), by Lentz's method.
  let fraction = x;
  let above = x;
  let below = 0;
  for (let n = 1; n < MOST; n++) {
    below = 1 / (x + (n / 2) * below);
    above = x + n / 2 / above;
    const change = above * below;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return exponential(x) / (fraction * Math.sqrt(Math.PI));
}

/** exp(−x²): the square of the leading bits is exact, so that the rounding of x² is not magnified. */
function exponential(x: number): number {
  const leading = Math.fround(x);
  return Math.exp(-leading * leading) * Math.exp(-(x - leading) * (x + leading));
}
