/** Things that are sorted at once, and that are merged at once. */
const AT_ONCE = 1_024;

/** Sorts as `sort` does, equal things in their order, but may be interrupted wherever it yields, which it does with nothing in its hands. */
export function* sortInSteps<T>(things: readonly T[], compare: (a: T, b: T) => number): Generator<never[], T[]> {
  let runs: T[][] = [];
  for (let from = 0; from < things.length; from += AT_ONCE) {
    runs.push(things.slice(from, from + AT_ONCE).sort(compare));
    yield [];
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merge(runs[at], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): Generator<never[], T[]> {
  const merged: T[] = [];
  for (let [left, right] = [0, 0]; left < a.length || right < b.length;) {
    const isLeft = right === b.length || (left < a.length && compare(a[left], b[right]) <= 0);
    merged.push(isLeft ? a[left++] : b[right++]);
    if (merged.length % AT_ONCE === 0) yield [];
  }
  return merged;
}
