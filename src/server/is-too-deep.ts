/** Lists and objects that a value of a request may have within each other. */
export const MOST_LEVELS = 500;

/** True for a value of JSON with more levels: who goes through it, one call within the other, would run out of room. */
export function isTooDeep(value: unknown): boolean {
  const isHolder = (held: unknown): held is object => typeof held === "object" && held !== null;
  let level = isHolder(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) return true;
    const next: object[] = [];
    for (const holder of level) for (const held of Object.values(holder) as unknown[]) if (isHolder(held)) next.push(held);
    level = next;
  }
  return false;
}
