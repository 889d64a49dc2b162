/** Random numbers that are the same in every run. */
export interface Seeded {
  /** From 0 up to, not including, 1. */
  uniform(): number;
  /** From 0 up to, not including, `count`; whole. */
  integer(count: number): number;
}

/** The generator mulberry32, begun at `seed`. */
export function seeded(seed: number): Seeded {
  let state = seed | 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { uniform, integer: (count) => Math.floor(uniform() * count) };
}
