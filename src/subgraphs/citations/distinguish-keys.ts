/** The keys of different works made unlike: those that are equal but for letter case get a, b, … in order; the rest stay. */
export function distinguishKeys(keys: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key.toLowerCase(), (counts.get(key.toLowerCase()) ?? 0) + 1);
  const taken = new Set(counts.keys());
  return keys.map((key) => {
    if (counts.get(key.toLowerCase()) === 1) return key;
    for (let number = 0; ; number++) {
      const candidate = key + letters(number);
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  });
}

/** 0 → a, 25 → z, 26 → aa, … */
export const letters = (number: number): string =>
  (number < 26 ? "" : letters(Math.floor(number / 26) - 1)) + String.fromCharCode(97 + (number % 26));
