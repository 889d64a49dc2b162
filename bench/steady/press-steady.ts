import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { tell } from "../run-child";

/** What a steady load came to. Times in milliseconds. */
export interface PressedSteadily {
  readonly answers: number;
  /** Whatever was no good answer, by status, error or code. */
  readonly failures: Readonly<Record<string, number>>;
  readonly p50: number;
  readonly p99: number;
  /** Connections that were opened: as many as were asked for, unless one broke. */
  readonly opened: number;
}

/** How many bytes of a good answer are looked at for an error: it stands at its beginning, if there are no data. */
const LOOKED_AT = 400;

/** Asks once over the agent's connection: null for a good answer, else what was wrong. */
function ask(url: string, agent: Agent, body: string): Promise<string | null> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(url, { method: "POST", agent, headers }, (answer) => {
      let begin = "";
      answer.on("data", (chunk: Buffer) => (begin.length < LOOKED_AT ? (begin += chunk.toString("latin1")) : undefined));
      answer.on("end", () => {
        const isGood = answer.statusCode === 200 && begin.startsWith('{"data":{') && answer.complete;
        resolve(isGood ? null : `${answer.statusCode} ${/"code":"(\w+)"/.exec(begin)?.[1] ?? ""}`);
      });
      answer.on("error", (error) => resolve(error.message));
    });
    sent.on("error", (error) => resolve(error.message));
    sent.end(body);
  });
}

/** Opens so many connections and asks over them in turn, so many times a second in all, for so many seconds; `perSecond` 0: as fast as answers come. */
async function press(url: string, bodies: readonly string[], connections: number, perSecond: number, seconds: number): Promise<void> {
  const taken: number[] = [];
  const failures: Record<string, number> = {};
  let opened = 0;
  const begun = performance.now();
  const end = begun + 1000 * seconds;
  const pause = perSecond === 0 ? 0 : (1000 * connections) / perSecond;
  await Promise.all(
    Array.from({ length: connections }, async (_, place) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const connect = agent.createConnection.bind(agent);
      agent.createConnection = (...of) => {
        opened++;
        return connect(...of);
      };
      for (let turn = 0; ; turn++) {
        const due = begun + (turn + place / connections) * pause;
        if (pause > 0) await sleep(Math.max(0, due - performance.now()));
        const start = performance.now();
        if (start >= end) break;
        const fault = await ask(url, agent, bodies[(place + turn * connections) % bodies.length]);
        if (fault === null) taken.push(performance.now() - start);
        else failures[fault] = (failures[fault] ?? 0) + 1;
      }
      agent.destroy();
    }),
  );
  taken.sort((a, b) => a - b);
  const quantile = (share: number) => taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? 0;
  tell({ answers: taken.length, failures, p50: quantile(0.5), p99: quantile(0.99), opened } satisfies PressedSteadily);
}

const [url, file, connections, perSecond, seconds] = process.argv.slice(2);
void press(url, JSON.parse(readFileSync(file, "utf8")) as string[], Number(connections), Number(perSecond), Number(seconds));
