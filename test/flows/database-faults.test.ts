import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { createDataSource } from "../../src/database/data-source";
import { type EmbeddedServer, openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import { giveKey } from "../support/give-key";
import type { Json } from "../support/json";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";

/** A folder, on a disk of its own that has room for 160 MB if this user may make one. */
const place = realpathSync(mkdtempSync(path.join(tmpdir(), "scoretree-faults-")));
chmodSync(place, 0o755);
const isOwnDisk = ((): boolean => {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", place], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

let postgres: EmbeddedServer;
let server: StartedServer;
let key: string;
beforeAll(async () => {
  postgres = await openEmbedded(place);
  const dataSource = await createDataSource(postgres.url);
  await migrate(dataSource);
  const story = seed(dataSource).domain("vision").tree("average\n  leaf").reference("Doe2020");
  await story.model("alpha", { owner: "lab", reference: "Doe2020" }).write();
  key = await giveKey(dataSource, "lab");
  await dataSource.destroy();
  server = await startServer(postgres.url);
});
afterAll(async () => {
  await server?.kill();
  await postgres?.stop();
  if (isOwnDisk) execFileSync("umount", [place]);
  rmSync(place, { recursive: true });
});

/** What was asked came to: right, or that the database cannot be asked. Anything else throws. */
type Outcome = "right" | "unavailable";

async function post(body: object, authorization?: string): Promise<{ outcome: Outcome; data: Json }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: Json; errors?: { message: string; extensions: { code: string } }[] };
  if (!errors) return { outcome: "right", data };
  // An operation that waits for several connections one after the other may reach its own limit first.
  if (errors.some(({ extensions }) => extensions.code === "TIMEOUT")) return { outcome: "unavailable", data: null };
  if (errors.some(({ extensions }) => extensions.code !== "UNAVAILABLE")) throw new Error(`${response.status} ${text}`);
  // Nothing of what Postgres or Node said of it.
  if (errors.some(({ message }) => /terminat|ECONN|timeout|disk|shut|5432/i.test(message))) throw new Error(text);
  if (!data && response.status !== 503) throw new Error(`${response.status} ${text}`);
  return { outcome: "unavailable", data: null };
}

/** Reads what is in the database only. */
async function read(): Promise<Outcome> {
  const { outcome, data } = await post({
    query: `{ model(domain: "vision", name: "alpha") { name reference { key citation } } }`,
    variables: { n: ++runs },
  });
  if (outcome === "right" && !/@misc\{Doe2020/.test(data.model.reference.citation)) throw new Error(JSON.stringify(data));
  return outcome;
}

const SUBMIT = `mutation ($input: SubmitScoresInput!) { submitScores(input: $input) { replayed submission { scoreCount } userErrors { code message } } }`;
let runs = 0;
/** Numbers of the runs that were told to be written. */
const written = new Set<number>();

/** Hands in scores as clients are told to: the same again, under the same key, until it is said that they are written. */
async function submit(tries: number, scoreCount = 1): Promise<Outcome> {
  const run = ++runs;
  const scores = Array.from({ length: scoreCount }, (_, n) => ({
    ...{ model: "alpha", benchmark: "leaf", version: 1, raw: 0.5, ceiled: 0.5, comment: "x".repeat(500) },
    ...{ startedAt: new Date(1e12 + n * 1_000).toISOString(), endedAt: new Date(1.6e12 + run * 1_000).toISOString() },
  }));
  const body = { query: SUBMIT, variables: { input: { domain: "vision", submissionKey: `run-${run}`, scores } } };
  for (let turn = 0; turn < tries; turn++) {
    const { outcome, data } = await post(body, `Bearer ${key}`);
    if (outcome === "unavailable") {
      await pause(100);
      continue;
    }
    const { submission, userErrors } = data.submitScores;
    if (userErrors.length > 0 || submission.scoreCount !== scoreCount) throw new Error(JSON.stringify(data));
    written.add(run);
    return "right";
  }
  return "unavailable";
}

async function onPostgres<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: postgres.url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Waits until something holds; what throws meanwhile does not yet. */
async function until(holds: () => Promise<boolean>, name: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) if (await holds().catch(() => false)) return;
  throw new Error(`It never came to this: ${name}.`);
}

const isReady = async () => (await fetch(`${server.url}/health/ready`)).status === 200;

/** All is as it was told: each run that was told to be written is there once and whole, and the process reads, writes and is ready. */
async function expectWell(): Promise<void> {
  await until(isReady, "ready");
  await until(async () => (await read()) === "right", "read");
  await until(async () => (await submit(1)) === "right", "written");
  const rows = await onPostgres(async (client) => (await client.query(`SELECT key, count(*)::int AS n FROM submission GROUP BY 1`)).rows);
  const found = new Map(rows.map(({ key: name, n }) => [name, n]));
  expect([...written].filter((run) => found.get(`run-${run}`) !== 1)).toEqual([]);
  await onPostgres(async (client) => {
    const { rows: ledgers } = await client.query(`SELECT last_revision = (SELECT max(last_revision) FROM fact_append) AS fits FROM ledger`);
    expect(ledgers).toEqual([{ fits: true }]);
  });
}

/** Asks and writes from many sides while something happens. */
async function inTraffic(happening: () => Promise<void>): Promise<Record<Outcome, number>> {
  let isOver = false;
  const counts = { right: 0, unavailable: 0 };
  const client = async (number: number) => {
    while (!isOver) counts[await (number % 3 === 0 ? submit(600) : read())]++;
  };
  const clients = Promise.all(Array.from({ length: 9 }, (_, number) => client(number)));
  try {
    await until(async () => counts.right > 20, "traffic");
    await happening();
    const before = counts.right;
    await until(async () => counts.right > before + 20, "traffic goes on");
  } finally {
    isOver = true;
    await clients;
  }
  return counts;
}

test("connections that Postgres cuts in mid-traffic lose nothing, and are opened anew", async () => {
  let cuts = 0;
  await inTraffic(async () => {
    for (let round = 0; round < 15; round++, await pause(100))
      cuts += await onPostgres(
        async (client) =>
          (
            await client.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'scoretree' AND pid <> pg_backend_pid()`,
            )
          ).rows.length,
      );
  });
  expect(cuts).toBeGreaterThan(15);
  await expectWell();
}, 180_000);

test("Postgres that is restarted in mid-traffic: who asks meanwhile is told so, nothing that was said to be written is lost, and the process goes on", async () => {
  const pid = Number(readFileSync(path.join(postgres.directory, "data/postmaster.pid"), "utf8").split("\n")[0]);
  let wasUnready = false;
  const counts = await inTraffic(async () => {
    process.kill(pid, "SIGINT");
    await until(async () => (wasUnready ||= !(await isReady())), "not ready");
    await until(isReady, "ready again");
  });
  expect(wasUnready).toBe(true);
  expect(counts.unavailable).toBeGreaterThan(0);
  await expectWell();
}, 180_000);

test("a pool that is used up answers in time that the database cannot be asked, and is used again once it is free", async () => {
  const writing: Promise<Outcome>[] = [];
  const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
  await onPostgres(async (client) => {
    await client.query(`BEGIN; SELECT FROM ledger FOR UPDATE`);
    writing.push(...Array.from({ length: 12 }, () => submit(1)));
    await until(() => onPostgres(async (other) => (await other.query(waiting)).rows[0].n >= 10), "used up");
    expect(await Promise.all([read(), read()])).toEqual(["unavailable", "unavailable"]);
    expect(await isReady()).toBe(false);
    await client.query(`COMMIT`);
  });
  expect(await Promise.all(writing)).toContain("right");
  await expectWell();
}, 180_000);

const onOwnDisk = isOwnDisk ? test : test.skip;
onOwnDisk(
  "a full disk refuses writing in words, loses nothing, and is written to again once there is room (skipped where no tmpfs can be mounted)",
  async () => {
    const ballast = path.join(place, "ballast");
    const fill = () => {
      const { bavail, bsize } = statfsSync(place);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 100_000)));
    };
    fill();
    let refused = 0;
    for (let turn = 0; turn < 200 && refused === 0; turn++) if ((await submit(1, 200)) === "unavailable") refused++;
    expect(refused).toBe(1);
    rmSync(ballast);
    await expectWell();
  },
  180_000,
);
