import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { median } from "../measure";
import { post } from "../post";
import type { Pressed } from "../press";
import { anew, type Question } from "../questions";
import { besideChild, runChildOn } from "../run-child";
import type { Subject } from "../subject";
import { installPostGraphile } from "./install-postgraphile";
import { makeViews } from "./make-views";
import { peerQuestions } from "./peer-questions";
import { addedBetween, bind, checkBinding, clocksOf, memoryOf, postgresProcesses, processorOf } from "./processor";
import { checkSameAnswer } from "./same-answer";

/** All servers run on one core; PostgreSQL and the load on the other. */
const [SERVERS, LOAD] = [0, 1];

const CONNECTIONS = 10;
const ROUNDS = 5;
const SECONDS = 3;
const WARM_UP_SECONDS = 5;

/** The servers, by the names that tables have for them. */
export type Server =
  "scoretree" | "scoretree, kept" | "PostGraphile" | "Apollo, TypeORM, DataLoader" | "bare, JSON.stringify" | "bare, same bytes";

/** One load on one server. */
export interface PeerRound extends Pick<Pressed, "requestsPerSecond" | "p50" | "p99"> {
  /** Milliseconds on processors that a request took: of the server, and of PostgreSQL. */
  readonly processor: number;
  readonly postgres: number;
  /** Megabytes that the server held afterwards. */
  readonly memory: number;
}

/** How one server answered one question. */
export interface PeerFigure {
  readonly question: string;
  readonly server: Server;
  /** Of the answer's body. */
  readonly bytes: number;
  /** One a round, in the order measured. */
  readonly rounds: readonly PeerRound[];
}

/** A server that is up. */
interface Running {
  readonly server: Server;
  readonly url: string;
  readonly pid: number;
}

/** The middle of a measure over the rounds. */
export const middle = ({ rounds }: PeerFigure, measure: keyof PeerRound): number => median(rounds.map((round) => round[measure]));

/**
 * The platform and others over the same data in the same PostgreSQL, asked the same questions. Throws if an answer differs from ours in a
 * value, rank, statistic or reference. Each round asks all of them in turn, so that what else the machine does falls on all.
 */
export async function measurePeers(subject: Subject): Promise<PeerFigure[]> {
  checkBinding();
  const { url, dataSource, columns } = subject;
  const { node, folder: installed } = await installPostGraphile();
  await makeViews(dataSource);
  const postgres = await postgresProcesses(dataSource);
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-bench-"));
  bind(postgres(), LOAD);
  try {
    return await besideChild(
      "serve-platform",
      [url],
      (ours: string, oursPid) =>
        besideChild(
          "peers/serve-postgraphile",
          [url, installed],
          (postGraphile: string, postGraphilePid) =>
            besideChild(
              "peers/serve-apollo",
              [url],
              async (apollo: string, apolloPid) => {
                const figures: PeerFigure[] = [];
                for (const [question, asked] of Object.entries(peerQuestions(columns))) {
                  const bytes = await post(ours, asked.ours);
                  const contestants: Contestant[] = [
                    { server: "scoretree", url: ours, pid: oursPid, asks: anew(asked.ours) },
                    { server: "scoretree, kept", url: ours, pid: oursPid, asks: asked.ours },
                    { server: "PostGraphile", url: postGraphile, pid: postGraphilePid, asks: asked.postGraphile },
                    { server: "Apollo, TypeORM, DataLoader", url: apollo, pid: apolloPid, asks: asked.ours },
                  ];
                  figures.push(...(await measureQuestion({ question, bytes, contestants, folder, postgres })));
                }
                return figures;
              },
              { core: SERVERS },
            ),
          { core: SERVERS, node },
        ),
      { core: SERVERS },
    );
  } finally {
    bind(postgres(), null);
    await dataSource.query("DROP SCHEMA peers CASCADE");
    await rm(folder, { recursive: true });
  }
}

/** A server, and what it is asked. */
interface Contestant extends Running {
  readonly asks: Question;
}

interface QuestionAsked {
  readonly question: string;
  /** Our answer. */
  readonly bytes: Buffer;
  readonly contestants: readonly Contestant[];
  readonly folder: string;
  readonly postgres: () => readonly number[];
}

async function measureQuestion({ question, bytes, contestants, folder, postgres }: QuestionAsked): Promise<PeerFigure[]> {
  const answer = path.join(folder, "answer");
  await writeFile(answer, bytes);
  const bare = (file: string, server: Server, use: (bare: Contestant) => Promise<PeerFigure[]>): Promise<PeerFigure[]> =>
    besideChild(file, [answer], (url: string, pid) => use({ server, url, pid, asks: contestants[1].asks }), { core: SERVERS });
  return bare("serve-stringified", "bare, JSON.stringify", (stringified) =>
    bare("serve-bytes", "bare, same bytes", async (same) => {
      const all = [...contestants, stringified, same];
      const asked = (place: number): string => path.join(folder, `question ${place}`);
      const sizes: number[] = [];
      for (const [place, { server, url, asks }] of all.entries()) {
        const other = await post(url, asks);
        checkSameAnswer(JSON.parse(bytes.toString()).data, JSON.parse(other.toString()).data, `${question}, ${server}: data`);
        sizes.push(other.length);
        await writeFile(asked(place), JSON.stringify(asks));
        await press(url, asked(place), WARM_UP_SECONDS);
      }
      const rounds: PeerRound[][] = all.map(() => []);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [place, { url, pid }] of all.entries()) {
          const [own, others] = [processorOf(pid), clocksOf(postgres())];
          const { requestsPerSecond, answers, p50, p99 } = await press(url, asked(place), SECONDS);
          rounds[place].push({
            ...{ requestsPerSecond, p50, p99 },
            processor: (processorOf(pid) - own) / answers,
            postgres: addedBetween(others, clocksOf(postgres())) / answers,
            memory: memoryOf(pid),
          });
          await sleep(100);
        }
      }
      return all.map(({ server }, place) => ({ question, server, bytes: sizes[place], rounds: rounds[place] }));
    }),
  );
}

async function press(url: string, file: string, seconds: number): Promise<Pressed> {
  const pressed = await runChildOn<Pressed>(LOAD, "press", url, file, String(CONNECTIONS), String(seconds));
  if (pressed.failures > 0) throw new Error(`${pressed.failures} requests to ${url} failed.`);
  return pressed;
}
