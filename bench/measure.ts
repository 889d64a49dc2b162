/** Fewest rounds of a measure. */
export const ROUNDS = 7;

/** One measured figure. */
export interface Figure {
  readonly bench: string;
  readonly name: string;
  readonly models: number;
  readonly unit: "ms" | "requests/s" | "ratio" | "bytes";
  readonly median: number;
  /** One a round, in the order measured. */
  readonly rounds: readonly number[];
  readonly note?: string;
}

/** The middle of the numbers; of an even count, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How something is timed. */
export interface Timing {
  readonly times?: number;
  readonly warmUp?: number;
  readonly rounds?: number;
  /** Done before each round, which counts none of it. */
  readonly before?: () => unknown;
}

/** Milliseconds that each round takes. A round does `work` so many times and counts their mean. */
export async function timed(work: () => unknown, { times = 1, warmUp = 0, rounds = ROUNDS, before }: Timing = {}): Promise<number[]> {
  const taken: number[] = [];
  for (let done = 0; done < warmUp; done++) {
    await before?.();
    await work();
  }
  for (let round = 0; round < rounds; round++) {
    await before?.();
    const start = performance.now();
    for (let done = 0; done < times; done++) await work();
    taken.push((performance.now() - start) / times);
  }
  return taken;
}
