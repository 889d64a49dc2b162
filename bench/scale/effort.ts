import { median } from "../measure";

/** What something took: the time by the clock, and the time on processors, which other programs do not lengthen. In milliseconds. */
export interface Effort {
  readonly clock: number;
  /** Of all threads of this process, those that collect garbage included. */
  readonly processor: number;
}

/** Does some work once and tells what it took. */
export async function effortOf(work: () => unknown): Promise<Effort> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { clock: performance.now() - began, processor: (user + system) / 1_000 };
}

/** The same so many times: the median of each. `before`: done before each time, and counted in none. */
export async function middleEffort(times: number, work: () => unknown, before?: () => unknown): Promise<Effort> {
  const efforts: Effort[] = [];
  for (let done = 0; done < times; done++) {
    await before?.();
    efforts.push(await effortOf(work));
  }
  return middleOf(efforts);
}

/** The median of the times by the clock and that of the times on processors. */
export const middleOf = (efforts: readonly Effort[]): Effort => ({
  clock: median(efforts.map(({ clock }) => clock)),
  processor: median(efforts.map(({ processor }) => processor)),
});
