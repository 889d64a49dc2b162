/** The rows of each key, in their order; keys in order of first sight. */
export function groupBy<K, V>(rows: Iterable<V>, key: (row: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const row of rows) {
    const own = key(row);
    const group = groups.get(own);
    if (group) group.push(row);
    else groups.set(own, [row]);
  }
  return groups;
}
