/** Steps after which the fraction is taken as it is; √degrees of them are needed at most. */
const MOST = 10_000;
/** In the place of a 0 that would be divided by (Lentz). */
const TINY = 1e-300;

/**
 * The probability that Student's t with `degrees` of freedom (1, 2, …) is at least as far from 0 as `t`, two-sided: the regularised
 * incomplete beta function at degrees / (degrees + t²) of degrees/2 and 1/2. To about 1e-13 of itself; 0 for an infinite t.
 */
export function studentTail(t: number, degrees: number): number {
  const square = (t * t) / degrees;
  if (square === Infinity) return 0;
  if (square === 0) return 1;
  const a = degrees / 2;
  const x = 1 / (1 + square);
  const rest = square / (1 + square); // 1 − x, without a loss where x is near 1
  // x^a · (1 − x)^½ / B(a, ½)
  const front = (Math.exp(-a * Math.log1p(square)) * Math.sqrt(rest) * gammaRatio(a)) / Math.sqrt(Math.PI);
  // The fraction converges fast below the mean of the distribution; above it the complement's does.
  return x < (a + 1) / (a + 2.5) ? (front * betaFraction(x, a, 0.5)) / a : 1 - (front * betaFraction(rest, 0.5, a)) / 0.5;
}

/** Γ(a + ½) / Γ(a), by the asymptotic series where that is exact in doubles, and by recurrence below (NIST DLMF 5.11.13). */
function gammaRatio(a: number): number {
  if (a < 64) return (gammaRatio(a + 1) * a) / (a + 0.5);
  const y = 1 / a;
  return Math.sqrt(a) * (1 + y * (-1 / 8 + y * (1 / 128 + y * (5 / 1024 + y * (-21 / 32768 + y * (-399 / 262144 + (y * 869) / 4194304))))));
}

/** The continued fraction of the incomplete beta function (NIST DLMF 8.17.22), by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const safe = (number: number): number => (Math.abs(number) < TINY ? TINY : number);
  let above = 1;
  let below = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let fraction = below;
  for (let m = 1; m < MOST; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    below = 1 / safe(1 + even * below);
    above = safe(1 + even / above);
    fraction *= above * below;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    below = 1 / safe(1 + odd * below);
    above = safe(1 + odd / above);
    const change = above * below;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return fraction;
}
