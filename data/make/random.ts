/** A seeded source of numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number from 0 to below `count`. */
  integer(count: number): number;
  /** One of `items`, each equally likely. */
  pick<T>(items: readonly T[]): T;
  /** True with probability `share`. */
  chance(share: number): boolean;
}

/** A stream of its own for each name, so that a change in one part of the data set leaves the others as they are. (mulberry32) */
export function seeded(name: string): Random {
  let state = 0x9e3779b9;
  for (const character of name) state = Math.imul(state ^ character.codePointAt(0)!, 0x85ebca6b) + 0x6d2b79f5;

  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (count: number): number => Math.floor(uniform() * count);
  return {
    uniform,
    // The sum of twelve uniforms: near enough to normal here, and free of library functions that differ between machines.
    normal: () => {
      let sum = -6;
      for (let draw = 0; draw < 12; draw++) sum += uniform();
      return sum;
    },
    integer,
    pick: (items) => items[integer(items.length)],
    chance: (share) => uniform() < share,
  };
}
