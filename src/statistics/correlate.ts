import { kendall } from "./kendall";
import { momentsOf, type Moments } from "./moments";
import { pairsOf, type Pairs, type Runs } from "./pairs";
import { type Sample } from "./sample";
import { studentTail } from "./student-t";

export type CorrelationMethod = "PEARSON" | "SPEARMAN" | "KENDALL";

/** How two samples go together (§6). All but the count are null under 3 pairs, or where one side has one value alone. */
export interface Correlation {
  /** −1 to 1. */
  readonly r: number | null;
  /** The number of pairs. */
  readonly count: number;
  /** Two-sided. */
  readonly pValue: number | null;
  /** The least-squares line of y on x, of the values whatever the method. */
  readonly slope: number | null;
  readonly intercept: number | null;
}

/**
 * The correlation over what both samples know (§6): of the values (PEARSON), of their ranks with ties averaged (SPEARMAN), or τ-b
 * (KENDALL). p is by Student's t with n − 2 degrees for the first two, so 0 where |r| is 1, and by the normal with tie-corrected variance for
 * τ-b. The same pairs give the same bits in whatever slots, and r and p the same either way round.
 */
export function correlate(x: Sample, y: Sample, method: CorrelationMethod = "PEARSON"): Correlation {
  const pairs = pairsOf(x, y);
  const { count, byX, byY } = pairs;
  const nothing = { r: null, count, pValue: null, slope: null, intercept: null };
  if (count < 3 || pairs.x.count === 1 || pairs.y.count === 1) return nothing;
  const moments = momentsOf(x.values, y.values, byX, byY);
  if (moments.xx === 0 || moments.yy === 0) return nothing;
  const slope = (moments.xy / moments.xx) * (moments.scaleY / moments.scaleX);
  const line = { slope, intercept: moments.meanY - slope * moments.meanX };
  if (method === "KENDALL") return { count, ...kendall(pairs), ...line };
  return { count, ...linear(method === "PEARSON" ? moments : rankMoments(pairs), count), ...line };
}

function linear({ xy, xx, yy }: Pick<Moments, "xy" | "xx" | "yy">, count: number): { r: number; pValue: number } {
  const r = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  return { r, pValue: studentTail(r * Math.sqrt((count - 2) / ((1 - r) * (1 + r))), count - 2) };
}

/** The moments of average ranks. Twice a rank less its mean is an integer: the sums are exact. */
function rankMoments({ count, x, y, byX }: Pairs): Pick<Moments, "xy" | "xx" | "yy"> {
  const deviation = ({ of, starts }: Runs, model: number): number => starts[of[model]] + starts[of[model] + 1] - count;
  const sums = { xx: 0, yy: 0, xy: 0 };
  for (let i = 0; i < count; i++) {
    const dx = deviation(x, byX[i]);
    const dy = deviation(y, byX[i]);
    sums.xx += dx * dx;
    sums.yy += dy * dy;
    sums.xy += dx * dy;
  }
  return sums;
}
