/** Where a UTF-16 unit stands in code point order: surrogates, which are above U+FFFF, come after U+E000 to U+FFFF. */
const place = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

/**
 * Orders two strings by code point: negative if `a` comes first, 0 if they are equal (§3, §5).
 * JavaScript's own `<` orders by UTF-16 unit, which puts "😀" before "ﬁ"; a locale's order differs between machines.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return place(x) - place(y);
  }
  return a.length - b.length;
}
