import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { tell } from "./run-child";

/** What a load came to. */
export interface Pressed {
  /** Mean over the load. */
  readonly requestsPerSecond: number;
  /** All that were good. */
  readonly answers: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were no 2xx, failed connections and timeouts: none, or the figure counts for nothing. */
  readonly failures: number;
}

/** Posts the bytes of a file to `url` over so many connections for so many seconds, as fast as answers come. */
async function press(url: string, file: string, connections: number, seconds: number): Promise<void> {
  const result = await autocannon({
    url,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: readFileSync(file),
    connections,
    duration: seconds,
  });
  const { errors, timeouts, non2xx, latency } = result;
  tell({
    requestsPerSecond: result["2xx"] / result.duration,
    answers: result["2xx"],
    p50: latency.p50,
    p99: latency.p99,
    failures: errors + timeouts + non2xx,
  } satisfies Pressed);
}

const [url, file, connections, seconds] = process.argv.slice(2);
void press(url, file, Number(connections), Number(seconds));
