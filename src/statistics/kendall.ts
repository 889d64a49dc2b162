import { erfc } from "./erfc";
import { type Pairs, type Runs } from "./pairs";

/**
 * Kendall's τ-b of at least 3 pairs, neither side of one value alone, and its two-sided p by the normal approximation with the variance
 * that ties leave (Kendall 1970, ch. 4 and 5). In O(n log n) (Knight 1966).
 */
export function kendall({ count: n, x, y, byX }: Pairs): { r: number; pValue: number } {
  const all = (n * (n - 1)) / 2;
  const [tx, ty] = [tieSums(x), tieSums(y)];
  const tiedInBoth = countTiedInBoth(x.of, y.of, byX);
  const places = new Int32Array(n);
  for (let i = 0; i < n; i++) places[i] = y.of[byX[i]];
  const discordant = inversions(places);
  // Of all pairs of pairs: concordant ones are neither tied nor discordant.
  const difference = all - tx.pairs - ty.pairs + tiedInBoth - 2 * discordant;
  const variance =
    (2 * all * (2 * n + 5) - tx.spread - ty.spread) / 18 +
    (tx.pairs * ty.pairs) / all +
    (tx.triples * ty.triples) / (9 * 2 * all * (n - 2));
  return { r: difference / Math.sqrt((all - tx.pairs) * (all - ty.pairs)), pValue: erfc(Math.abs(difference) / Math.sqrt(2 * variance)) };
}

/** Over runs of t equal values: Σ t(t − 1)/2, Σ t(t − 1)(t − 2), Σ t(t − 1)(2t + 5). */
function tieSums({ count, starts }: Runs): { pairs: number; triples: number; spread: number } {
  const sums = { pairs: 0, triples: 0, spread: 0 };
  for (let run = 0; run < count; run++) {
    const t = starts[run + 1] - starts[run];
    sums.pairs += (t * (t - 1)) / 2;
    sums.triples += t * (t - 1) * (t - 2);
    sums.spread += t * (t - 1) * (2 * t + 5);
  }
  return sums;
}

/** How many pairs of models are equal in both; in this order they stand together. */
function countTiedInBoth(x: Int32Array, y: Int32Array, byX: Int32Array): number {
  let pairs = 0;
  let before = 0;
  for (let i = 1; i < byX.length; i++) {
    const isEqual = x[byX[i]] === x[byX[i - 1]] && y[byX[i]] === y[byX[i - 1]];
    before = isEqual ? before + 1 : 0;
    pairs += before;
  }
  return pairs;
}

/** How many pairs of numbers stand in the wrong order, by merging runs of 1, 2, 4, … until all is sorted. `numbers` is used up. */
function inversions(numbers: Int32Array): number {
  let count = 0;
  let from = numbers;
  let to: Int32Array = new Int32Array(numbers.length);
  for (let width = 1; width < numbers.length; width *= 2) {
    for (let start = 0; start < numbers.length; start += 2 * width) {
      const middle = Math.min(start + width, numbers.length);
      const end = Math.min(start + 2 * width, numbers.length);
      let left = start;
      let right = middle;
      for (let place = start; place < end; place++) {
        const isLeft = left < middle && (right >= end || from[left] <= from[right]);
        if (!isLeft) count += middle - left;
        to[place] = isLeft ? from[left++] : from[right++];
      }
    }
    [from, to] = [to, from];
  }
  return count;
}
