/** How often each value occurs, the most frequent first, equals by name. Null is not counted. */
export function countValues(values: readonly (string | null | undefined)[]): [value: string, count: number][] {
  const counts = new Map<string, number>();
  for (const value of values) if (value != null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
