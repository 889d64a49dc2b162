import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { EmbeddedServer } from "../../src/database/embedded";
import type { Database } from "../../src/federation/context";
import { median } from "../measure";
import { ROOT } from "../questions";
import { seeded } from "../seeded";
import { makeSubject } from "../subject";
import { askServer } from "./ask-server";
import { type Acknowledged, CheckedAnswers, STANDINGS } from "./check-answers";
import { CONDITIONS, writeCheckedWorld } from "./checked-world";
import { type Follower, followStandings } from "./follow-standings";
import { FAULTS, shiftedClock, type Victims } from "./inject";
import { Journal } from "./journal";
import { Served } from "./served";
import { type Account, tellFaults } from "./tell-faults";
import { Traffic } from "./traffic";

const SEED = 20_260_601;
const MODELS = 500;

/** Minutes, and seconds from one fault to the next. */
const MINUTES = 30;
const PERIOD = 20;

/** A process that is not as before after so many milliseconds is lost. */
const LOST = 60_000;

/** How soon subscribers hear of what was written, in milliseconds. */
const SOON = 5_000;

/** How long answers are compared with the slow reference, in seconds. */
const COMPARING = 90;

/** Waits until a server reads from its database and writes, and gives up after a minute. */
async function untilWell(journal: Journal, served: Served, traffic: Traffic): Promise<void> {
  const quiet = new Journal();
  const end = performance.now() + LOST;
  const isReady = async () => (await fetch(`${served.url}/health/ready`, { signal: AbortSignal.timeout(5_000) })).status === 200;
  while (performance.now() < end) {
    if (await isReady().catch(() => false)) {
      const right = await askServer(quiet, "probe", `${served.url}/graphql`, { query: STANDINGS, variables: { under: null } });
      if (right) return traffic.submit([served]);
    }
    await pause(100);
  }
  journal.noteWrong(`A process was not as before after ${LOST / 1_000} s.`);
}

/** Revisions that followers did not hear of in time, though nothing was made to fail meanwhile. */
function unheard(journal: Journal, followers: readonly Follower[], acknowledged: readonly { at: number; revision: number }[]): number {
  let count = 0;
  for (const { at, revision } of acknowledged) {
    if (journal.isExcused(at - SOON, at + SOON)) continue;
    for (const { heard } of followers) if (!heard.some((event) => event.revision >= revision && event.at <= at + SOON)) count++;
  }
  return count;
}

/** What was told to be written and is not there once and whole, and whether the ledger counts as it should. */
async function findLost(dataSource: Database, acknowledged: readonly Acknowledged[]): Promise<string[]> {
  const rows = await dataSource.query(
    `SELECT key, count(DISTINCT s.pk)::int AS times, count(o.pk)::int AS runs FROM submission s LEFT JOIN observation o ON o.submission_pk = s.pk GROUP BY 1`,
  );
  const found = new Map((rows as { key: string; times: number; runs: number }[]).map((row) => [row.key, row]));
  const lost = acknowledged.filter(({ key, runs }) => found.get(key)?.times !== 1 || found.get(key)!.runs !== runs.length);
  const [{ fits }] = await dataSource.query(`SELECT last_revision = (SELECT max(last_revision) FROM fact_append) AS fits FROM ledger`);
  return [...lost.map(({ key }) => `lost: ${key}`), ...(fits ? [] : ["the ledger does not count what was appended"])];
}

/**
 * Keeps two servers over one Postgres busy by reads, writes, subscriptions and files for some minutes, and makes something fail every 20
 * seconds. Prints what came of it, and keeps it in bench/results if it was the whole time.
 */
export async function measureFaults(server: EmbeddedServer, [minutes = MINUTES]: readonly number[]): Promise<void> {
  const { url, dataSource, columns } = await makeSubject(server, MODELS);
  const key = await writeCheckedWorld(dataSource);
  const models = (
    (await dataSource.query(`SELECT name FROM model WHERE is_public AND (name LIKE 'bench-%' OR name LIKE 'synthetic-%')`)) as {
      name: string;
    }[]
  ).map(({ name }) => name);
  const folder = await mkdtemp(path.join(tmpdir(), "scoretree-faults-"));
  const clock = path.join(folder, "clock");
  await writeFile(clock, "0");
  await writeFile(path.join(folder, "clock.cjs"), shiftedClock(clock));
  const elder = await Served.start(url, { NODE_OPTIONS: `--require=${path.join(folder, "clock.cjs")}` });
  const younger = await Served.start(url);
  const servers = [elder, younger];
  const journal = new Journal();
  const answers = new CheckedAnswers();
  const [over, hushed] = [new AbortController(), new AbortController()];
  const random = seeded(SEED);
  const traffic = new Traffic({ journal, random, key, answers, names: { models, benchmarks: columns }, over: over.signal });
  const followers = servers
    .flatMap((served) => [served, served])
    .map((served) => ({ served, heard: [] as { at: number; revision: number }[], connections: 0 }));
  const following = followers.map((follower) => followStandings(journal, follower.served, follower, hushed.signal));
  const resident: { readonly at: number; readonly megabytes: number }[] = [];
  const begin = performance.now();
  const sampler = setInterval(() => resident.push({ at: performance.now() - begin, megabytes: elder.resident }), 2_000);
  const told: { at: number; revision: number }[] = [];
  try {
    await traffic.submit(servers);
    const busy = [
      traffic.write(servers),
      ...servers.flatMap((served) => [traffic.read(served), traffic.read(served), traffic.check(served), traffic.fetchFiles(served)]),
      noteTold(traffic.acknowledged, told, over.signal),
    ];
    const victims: Victims = {
      ...{ databaseUrl: url, directory: server.directory, elder, younger, clock },
      rush: (count) => Promise.all(Array.from({ length: count }, () => traffic.submit([elder]))),
    };
    const names = Object.keys(FAULTS);
    const end = begin + minutes * 60_000;
    const recovered = new Map<string, number[]>();
    for (let turn = 0; ; turn++) {
      const next = begin + (turn + 1) * PERIOD * 1_000 - PERIOD * 500;
      if (Math.max(next, performance.now()) > end - (PERIOD * 1_000) / 2) break;
      await pause(Math.max(0, next - performance.now()));
      const fault = names[turn % names.length];
      const window = { fault, from: performance.now(), to: Infinity };
      journal.windows.push(window);
      await FAULTS[fault](victims).catch((error: Error) => journal.noteWrong(`${fault} could not be done: ${error.message}`));
      const done = performance.now();
      for (const served of servers) await untilWell(journal, served, traffic);
      window.to = performance.now();
      recovered.set(fault, [...(recovered.get(fault) ?? []), window.to - done]);
      console.log(
        `${((window.from - begin) / 1_000).toFixed(0)} s ${fault}: well again after ${((window.to - done) / 1_000).toFixed(1)} s`,
      );
    }
    await pause(Math.max(0, end - performance.now()));
    over.abort();
    console.log("The load ends…");
    await Promise.all(busy);
    await pause(SOON);
    console.log("Followers leave…");
    hushed.abort();
    await Promise.all(following);
    console.log("Comparing…");
    const lost = await findLost(dataSource, traffic.acknowledged);
    const differing = await compareWithFresh(journal, url, servers);
    const compared = answers.compare(traffic.acknowledged, COMPARING);
    const account: Account = {
      ...{ minutes, journal, recovered, resident, lost, differing, compared, distinct: answers.count },
      ...{ submissions: traffic.acknowledged.length, files: traffic.files, mistakes: servers.flatMap((served) => [...served.mistakes]) },
      events: followers.reduce((sum, { heard }) => sum + heard.length, 0),
      connections: followers.reduce((sum, { connections }) => sum + connections, 0),
      unheard: unheard(journal, followers, told),
    };
    const table = tellFaults(account, median);
    console.log(`\n${table}\n`);
    await mkdir(path.join(ROOT, "bench/results"), { recursive: true });
    if (minutes >= MINUTES) await writeFile(path.join(ROOT, "bench/results/faults.md"), `${table}\n`);
    const isWell =
      journal.wrong.length + journal.unexcused.length + lost.length + differing.length + compared.wrong.length + account.unheard === 0;
    if (!isWell) process.exitCode = 1;
  } finally {
    clearInterval(sampler);
    over.abort();
    hushed.abort();
    for (const served of servers) await served.end("SIGKILL");
    await dataSource.destroy();
    await rm(folder, { recursive: true });
  }
}

/** Notes when what was written was acknowledged. */
async function noteTold(acknowledged: readonly Acknowledged[], told: { at: number; revision: number }[], over: AbortSignal): Promise<void> {
  for (; !over.aborted; await pause(20))
    while (told.length < acknowledged.length) told.push({ at: performance.now(), revision: acknowledged[told.length].revision });
}

const EVERYTHING = (domain: string) =>
  `{ standings(domain: "${domain}") { revision populationSize matrix { models { name } benchmarks { identifier } states values errors ranks } } }`;

/** What servers that went through it all answer otherwise than one that was just started. */
async function compareWithFresh(journal: Journal, url: string, servers: readonly Served[]): Promise<string[]> {
  const fresh = await Served.start(url);
  try {
    const differing: string[] = [];
    const questions = [EVERYTHING("vision"), EVERYTHING("checked")].map((query) => ({ query, variables: {} }));
    const checked = CONDITIONS.map(({ under }) => ({ query: STANDINGS, variables: { under } }));
    for (const question of [...questions, ...checked]) {
      const [expected, ...got] = await Promise.all(
        [fresh, ...servers].map((served) => askServer(journal, "last", `${served.url}/graphql`, question)),
      );
      for (const right of got) if (!right || right.text !== expected?.text) differing.push(JSON.stringify(question).slice(0, 100));
    }
    return differing;
  } finally {
    await fresh.end("SIGTERM");
  }
}
