/** The part of a name that a benchmark above has for its own, with the sign behind it: `Marques2020_` below Marques2020. Empty if there is none. */
export function prefixOf(identifier: string, above: readonly string[]): string {
  const named = above.filter((other) => identifier.startsWith(other) && /[-_.]/.test(identifier.charAt(other.length)));
  return identifier.slice(0, Math.max(0, ...named.map(({ length }) => length + 1)));
}
