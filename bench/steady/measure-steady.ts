import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DomainBoard } from "../../src/board/domain-board";
import { readBoard } from "../../src/board/read-facts";
import { appendFacts } from "../../src/database/append-facts";
import type { EmbeddedServer } from "../../src/database/embedded";
import type { Database } from "../../src/federation/context";
import { median } from "../measure";
import { makeTreeViews } from "../peers/make-views";
import { bind, checkBinding, memoryOf, postgresProcesses } from "../peers/processor";
import { anew, card, leaderboard, type Question } from "../questions";
import { besideChild, runChildOn } from "../run-child";
import { type Seeded, seeded } from "../seeded";
import { makeSubject } from "../subject";
import type { PressedSteadily } from "./press-steady";
import { slowRanks } from "./slow-ranks";

const [SERVER_CORE, LOAD_CORE] = [0, 1];
const [MODELS, MINUTES, CONNECTIONS, PERCENT] = [500, 10, 200, 70];
const SEED = 20_261_124;
const PEAK_SECONDS = 10;

/** Seconds until memory is what it stays: by then all parts of the server have been used. */
const SETTLING_SECONDS = 90;

/** As many boards as a process keeps after newer ones came: before there are so many, its memory grows as it is meant to. */
const EARLIER_BOARDS = 500;

/** Cells that are compared after each write. */
const SAMPLES = 4;

/** As of a server that nobody configured, in milliseconds. */
const LONGEST_WAIT = "500";

/** What was found once a second. */
interface Second {
  readonly memory: number;
  readonly compared: number;
  readonly wrong: readonly string[];
}

/**
 * Whether a server stays what it is: 200 connections ask as many questions as are a share of what it can answer, while a score is written
 * every second, and after each write some ranks are compared with what PostgreSQL makes of the tables. `minutes`: default 10. `percent`: that
 * share, default 70.
 */
export async function measureSteady(server: EmbeddedServer, [minutes = MINUTES, percent = PERCENT]: readonly number[]): Promise<void> {
  checkBinding();
  const { url, dataSource, columns } = await makeSubject(server, MODELS);
  await makeTreeViews(dataSource);
  const postgres = await postgresProcesses(dataSource);
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-bench-"));
  const file = path.join(folder, "questions");
  await writeFile(file, JSON.stringify(questionsOf((await readBoard(dataSource)).domains[0], columns).map((each) => JSON.stringify(each))));
  bind(postgres(), LOAD_CORE);
  try {
    await besideChild(
      "serve-platform",
      [url, LONGEST_WAIT],
      async (platform: string, pid) => {
        const press = (connections: number, perSecond: number, seconds: number): Promise<PressedSteadily> =>
          runChildOn(LOAD_CORE, "steady/press-steady", platform, file, String(connections), String(perSecond), String(seconds));
        await press(10, 0, PEAK_SECONDS);
        const peak = (await press(10, 0, PEAK_SECONDS)).answers / PEAK_SECONDS;
        const rate = Math.round((peak * percent) / 100);
        console.log(
          `${rate} questions a second, ${percent} % of ${Math.round(peak)}, over ${CONNECTIONS} connections, for ${minutes} minutes…`,
        );
        await writeEarlier(dataSource, platform);
        const pressing = press(CONNECTIONS, rate, 60 * minutes);
        const seconds = await writeEverySecond({ dataSource, platform, pid }, 60 * minutes);
        report(await pressing, seconds);
      },
      { core: SERVER_CORE },
    );
  } finally {
    bind(postgres(), null);
    await dataSource.destroy();
    await rm(folder, { recursive: true });
  }
}

/** Cards and cells of all models, most of them computed, and some leaderboards, which may be kept until the next write. */
function questionsOf({ models, publicModels }: DomainBoard, columns: readonly string[]): Question[] {
  const random = seeded(SEED);
  const names = models.flatMap(({ name }, slot) => (publicModels[slot] ? name : []));
  return names.flatMap((name) => {
    const ofModel = { ...card(), variables: { name } };
    const cell = {
      query: `query Cell($name: String!) { model(domain: "vision", name: $name) { score(benchmark: "average_vision") { value rank } } }`,
      variables: { name },
    };
    return [anew(ofModel), ofModel, anew(cell), cell, random.integer(10) === 0 ? leaderboard(columns) : anew(cell)];
  });
}

interface Watched {
  readonly dataSource: Database;
  readonly platform: string;
  readonly pid: number;
}

async function writeEverySecond({ dataSource, platform, pid }: Watched, count: number): Promise<Second[]> {
  const random = seeded(SEED + 1);
  const [board] = (await readBoard(dataSource)).domains;
  const { catalog, models, publicModels } = board;
  const visible = catalog.scope.listedAll();
  const names = models.flatMap(({ name }, slot) => (publicModels[slot] ? name : []));
  const begun = performance.now();
  const seconds: Second[] = [];
  for (let run = 1; run <= count; run++) {
    await sleep(Math.max(0, begun + 1_000 * run - performance.now()));
    const revision = await writeScore(dataSource, board, random, run);
    const benchmark = catalog.tree.identifiers[visible[random.integer(visible.length)]];
    const slow = await slowRanks(dataSource, benchmark);
    const wrong: string[] = [];
    const chosen = Array.from({ length: SAMPLES }, () => names[random.integer(names.length)]);
    const told = await ranksAt(platform, revision, benchmark, chosen);
    for (const [place, name] of chosen.entries()) {
      const [ours, theirs] = [told[place], slow.get(name)];
      const isSame = ours?.rank === theirs?.rank && Math.abs((ours?.value ?? -1) - (theirs?.value ?? -1)) < 1e-9;
      if (!isSame) wrong.push(`${name} on ${benchmark} at ${revision}: ${JSON.stringify(ours)}, not ${JSON.stringify(theirs)}`);
    }
    seconds.push({ memory: memoryOf(pid), compared: SAMPLES, wrong });
  }
  return seconds;
}

/** Writes scores, each as soon as the one before is told of. */
async function writeEarlier(dataSource: Database, platform: string): Promise<void> {
  const random = seeded(SEED + 2);
  const [board] = (await readBoard(dataSource)).domains;
  for (let run = 1; run <= EARLIER_BOARDS; run++)
    await ranksAt(platform, await writeScore(dataSource, board, random, -run), board.catalog.tree.identifiers[0], [board.names[0]]);
}

/** Writes a score of a public model, as another process would; its public revision. */
async function writeScore(
  dataSource: Database,
  { catalog, models, publicModels }: DomainBoard,
  random: Seeded,
  run: number,
): Promise<number> {
  const leaves = catalog.tree.roots.flatMap((root) => catalog.scope.leaves(root));
  const slots = [...models.keys()].filter((slot) => publicModels[slot]);
  const at = new Date(Date.UTC(2025, 0, 1) + run * 1_000).toISOString();
  const leaf = leaves[random.integer(leaves.length)];
  const number = random.uniform();
  const row = {
    ...{ id: `steady-${run}`, model_pk: models[slots[random.integer(slots.length)]].pk, version_pk: catalog.currentVersion(leaf)!.pk },
    ...{ raw: number, ceiled: number, started_at: at, ended_at: at },
  };
  const { publicRevision } = await appendFacts(dataSource, { source: "bench" }, ({ add }) => add("observation", [row]));
  return publicRevision;
}

type Told = { readonly value: number | null; readonly rank: number | null } | null;

/** Asks for cells until the answer is of this revision; what it says of the models in turn. Throws if it is of a later one. */
async function ranksAt(platform: string, revision: number, benchmark: string, names: readonly string[]): Promise<Told[]> {
  const cells = names.map((_, place) => `of${place}: score(model: $name${place}, benchmark: $benchmark) { value rank }`);
  const variables = names.map((_, place) => `$name${place}: String!`);
  const query = `query Ranks($benchmark: String!, ${variables.join(", ")}) { standings(domain: "vision") { ${cells.join(" ")} } }`;
  const body = JSON.stringify({
    query,
    variables: { benchmark, ...Object.fromEntries(names.map((name, place) => [`name${place}`, name])) },
  });
  for (;;) {
    const response = await fetch(platform, { method: "POST", headers: { "content-type": "application/json" }, body });
    const { data, extensions } = (await response.json()) as {
      data?: { standings: Record<string, Told> };
      extensions?: { revision: string };
    };
    if (!data) throw new Error(`Ranks were not told: ${response.status}.`);
    const of = Number(extensions?.revision);
    if (of > revision) throw new Error(`Nobody else writes, but there is the revision ${of} after ${revision}.`);
    if (of === revision) return names.map((_, place) => data.standings[`of${place}`]);
    await sleep(5);
  }
}

function report({ answers, failures, p50, p99, opened }: PressedSteadily, seconds: readonly Second[]): void {
  const wrong = seconds.flatMap((second) => second.wrong);
  const memory = seconds.map((second) => second.memory);
  const settled = memory.slice(Math.min(SETTLING_SECONDS, memory.length >> 1));
  const third = Math.max(1, Math.floor(settled.length / 3));
  const megabytes = (values: readonly number[]): string => `${median(values).toFixed(0)} MB`;
  console.log(
    [
      `${answers} good answers; p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; ${opened} connections were opened.`,
      `Failures: ${Object.keys(failures).length === 0 ? "none" : JSON.stringify(failures)}.`,
      `Memory of the server, median of the first third once it had settled: ${megabytes(settled.slice(0, third))}, of the last third: ${megabytes(settled.slice(-third))}; highest ${Math.max(...memory).toFixed(0)} MB.`,
      `Ranks and values compared with those that PostgreSQL computes, after ${seconds.length} writes: ${seconds.reduce((sum, { compared }) => sum + compared, 0)}; different: ${wrong.length}.`,
      ...wrong.slice(0, 10),
    ].join("\n"),
  );
  if (wrong.length > 0 || Object.keys(failures).length > 0) process.exitCode = 1;
}
