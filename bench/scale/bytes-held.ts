import { setImmediate as breathe } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes that this process holds once its garbage is collected: columns of numbers, and objects and strings. */
export interface Held {
  readonly columns: number;
  readonly objects: number;
}

/** Collects the garbage and counts. */
export async function bytesHeld(): Promise<Held> {
  // What is let go of in this turn of the event loop, and buffers, are let go of one collection later.
  for (let time = 0; time < 3; time++) {
    collectGarbage();
    await breathe();
  }
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return { columns: arrayBuffers, objects: heapUsed };
}
