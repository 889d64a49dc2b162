import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { tell } from "./run-child";

/** Questions of one kind: at a rate, whether answers come or not, or over so many connections, each as soon as the one before is answered. */
export interface Stream {
  /** File of the bytes that are sent. */
  readonly file: string;
  readonly perSecond?: number;
  readonly connections?: number;
}

/** What one kind of questions came to. Times in milliseconds. */
export interface Streamed {
  /** Answers with status 200, and with 503, a second. */
  readonly goodPerSecond: number;
  readonly refusedPerSecond: number;
  /** Anything else, by status or by what went wrong: none, or the figure counts for nothing. */
  readonly failures: Readonly<Record<string, number>>;
  readonly good: { readonly p50: number; readonly p99: number };
  readonly refused: { readonly p50: number; readonly p99: number };
}

/** Fewer connections than a server lets wait to be taken up. */
const agent = new Agent({ keepAlive: true, maxSockets: 400 });

/** Asks once: the status, or why there is no answer. */
function ask(url: string, body: Buffer): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": body.length };
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
      answer.on("error", (error) => resolve(error.message));
    });
    sent.on("error", (error) => resolve(error.message));
    sent.end(body);
  });
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted.length === 0 ? 0 : Math.round(10 * sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]) / 10;

async function run(url: string, { file, perSecond, connections = 0 }: Stream, seconds: number): Promise<Streamed> {
  const body = readFileSync(file);
  const taken: Record<"good" | "refused", number[]> = { good: [], refused: [] };
  const failures: Record<string, number> = {};
  const once = async (): Promise<void> => {
    const begun = performance.now();
    const status = await ask(url, body);
    if (status === 200) taken.good.push(performance.now() - begun);
    else if (status === 503) taken.refused.push(performance.now() - begun);
    else failures[status] = (failures[status] ?? 0) + 1;
  };
  const begun = performance.now();
  const end = begun + 1000 * seconds;
  if (perSecond === undefined)
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (performance.now() < end) await once();
      }),
    );
  else {
    const running: Promise<void>[] = [];
    while (performance.now() < end) {
      // As many as are due, however late the timer is.
      for (const due = ((performance.now() - begun) / 1000) * perSecond; running.length < due;) running.push(once());
      await sleep(1);
    }
    await Promise.all(running);
  }
  const lasted = Math.max(seconds, (performance.now() - begun) / 1000);
  const told = (times: number[]) => {
    times.sort((a, b) => a - b);
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  };
  return {
    goodPerSecond: taken.good.length / lasted,
    refusedPerSecond: taken.refused.length / lasted,
    failures,
    good: told(taken.good),
    refused: told(taken.refused),
  };
}

const [url, streams, seconds] = process.argv.slice(2);
void Promise.all((JSON.parse(streams) as Stream[]).map((stream) => run(url, stream, Number(seconds)))).then((all) => {
  agent.destroy();
  tell(all);
});
