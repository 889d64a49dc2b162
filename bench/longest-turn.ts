import { closeSync, openSync, readSync } from "node:fs";

/** The longest turn of the event loop: how long nothing else had its turn, and how long the processor worked for us in the busiest one. */
export interface LongestTurn {
  readonly milliseconds: number;
  /**
   * Processor time of the main thread, which other programs on the machine do not lengthen. Known to some
   * 4 ms; null where the system does not tell it: Linux does.
   */
  readonly processor: number | null;
}

const openClock = (): number | null => {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, "r");
  } catch {
    return null;
  }
};

/** Milliseconds that the main thread has been on a processor. */
function readClock(clock: number, buffer: Buffer): number {
  const length = readSync(clock, buffer, 0, buffer.length, 0);
  return Number(buffer.toString("latin1", 0, length).split(" ")[0]) / 1e6;
}

/** Runs `work` and looks at every turn of the event loop until it is done. */
export async function longestTurn(work: () => unknown): Promise<LongestTurn> {
  const clock = openClock();
  const buffer = Buffer.alloc(64);
  const processorNow = (): number => (clock === null ? 0 : readClock(clock, buffer));
  let isRunning = true;
  let [milliseconds, processor] = [0, 0];
  let [began, worked] = [performance.now(), processorNow()];
  const look = (): void => {
    if (!isRunning) return;
    milliseconds = Math.max(milliseconds, performance.now() - began);
    processor = Math.max(processor, processorNow() - worked);
    [began, worked] = [performance.now(), processorNow()];
    setImmediate(look);
  };
  await new Promise<void>((resolve) => setImmediate(() => resolve(look())));
  [milliseconds, processor] = [0, 0];
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  isRunning = false;
  if (clock !== null) closeSync(clock);
  return { milliseconds, processor: clock === null ? null : processor };
}
