import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Figure, median, ROUNDS, timed } from "./measure";
import { post } from "./post";
import type { Pressed } from "./press";
import { anew, card, leaderboard, type Question } from "./questions";
import { besideChild, runChild } from "./run-child";
import type { Subject } from "./subject";

const CONNECTIONS = 10;
const SECONDS = 3;
const WARM_UP_SECONDS = 5;

/** The same question over HTTP, next to a bare server that sends the same bytes. Each of server, bare server and load is a process. */
export async function measureHttp({ url, columns, size: { models } }: Subject): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-bench-"));
  try {
    const figures: Figure[] = [];
    const questions = {
      "one card": anew(card()),
      "one card, kept": card(),
      "leaderboard 50 x 20": anew(leaderboard(columns)),
      "leaderboard 50 x 20, kept": leaderboard(columns),
    };
    for (const [name, question] of Object.entries(questions))
      figures.push(
        ...(await measureQuestion(url, folder, question)).map((figure) => ({ ...figure, models, name: `${name}, ${figure.name}` })),
      );
    return figures;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureQuestion(url: string, folder: string, question: Question): Promise<Omit<Figure, "models">[]> {
  const asked = path.join(folder, "question");
  const answered = path.join(folder, "answer");
  await writeFile(asked, JSON.stringify(question));
  return besideChild("serve-platform", [url], async (platform: string) => {
    const first = await timed(() => post(platform, question), { rounds: 1 });
    const answer = await post(platform, question);
    await writeFile(answered, answer);
    await press(platform, asked, WARM_UP_SECONDS);
    const alone = await timed(() => post(platform, question), { times: 10 });
    return besideChild("serve-bytes", [answered], async (bare: string) => {
      await press(bare, asked, 1);
      const [ours, floor]: Pressed[][] = [[], []];
      // In turn, so that what else the machine does falls on both.
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(await press(platform, asked, SECONDS));
        floor.push(await press(bare, asked, SECONDS));
      }
      const rate = ({ requestsPerSecond }: Pressed): number => requestsPerSecond;
      const ratios = ours.map((pressed, round) => rate(pressed) / rate(floor[round]));
      const told = (pressed: Pressed[]): string =>
        `p50 ${median(pressed.map(({ p50 }) => p50))} ms, p99 ${median(pressed.map(({ p99 }) => p99))} ms`;
      return [
        figure("over HTTP, one at a time", "ms", alone, `${answer.length} bytes; the first one ${first[0].toFixed(1)} ms`),
        figure(`over HTTP, ${CONNECTIONS} connections`, "requests/s", ours.map(rate), told(ours)),
        figure(`bare node:http, ${CONNECTIONS} connections`, "requests/s", floor.map(rate), told(floor)),
        figure("over HTTP to bare node:http", "ratio", ratios),
      ];
    });
  });
}

const figure = (name: string, unit: Figure["unit"], rounds: number[], note?: string): Omit<Figure, "models"> => ({
  bench: "http",
  name,
  unit,
  median: median(rounds),
  rounds,
  ...(note ? { note } : {}),
});

async function press(url: string, file: string, seconds: number): Promise<Pressed> {
  const pressed = await runChild<Pressed>("press", url, file, String(CONNECTIONS), String(seconds));
  if (pressed.failures > 0) throw new Error(`${pressed.failures} requests to ${url} failed.`);
  return pressed;
}
