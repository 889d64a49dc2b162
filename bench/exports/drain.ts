import { get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { tell } from "../run-child";

/** What came of a file. */
export interface Drained {
  readonly bytes: number;
  /** Milliseconds until the first byte, and until the last. */
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a file to its end, or at so many megabytes a second for so many seconds and then leaves, and forgets it. Tells what it read, from
 * a process of its own.
 */
async function drain(url: string, megabytes: number, seconds: number): Promise<void> {
  const start = performance.now();
  let [bytes, first] = [0, 0];
  const sent = get(url);
  await new Promise<void>((resolve, reject) => {
    sent.on("error", reject);
    sent.on("response", async (answer) => {
      try {
        for await (const chunk of answer) {
          first ||= performance.now() - start;
          bytes += (chunk as Buffer).length;
          if (megabytes === 0) continue;
          if (performance.now() - start > 1_000 * seconds) break;
          await pause((1_000 * (chunk as Buffer).length) / (megabytes * 2 ** 20));
        }
        if (answer.statusCode !== 200) throw new Error(`${url} was answered with status ${answer.statusCode}.`);
        resolve();
      } catch (error) {
        reject(error as Error);
      }
    });
  });
  tell({ bytes, first, last: performance.now() - start } satisfies Drained);
  process.disconnect?.();
}

void drain(process.argv[2], Number(process.argv[3] ?? 0), Number(process.argv[4] ?? 0));
