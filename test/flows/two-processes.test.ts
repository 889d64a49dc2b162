import { setTimeout as pause } from "node:timers/promises";
import { type Seeded, seeded } from "../../bench/seeded";
import { readBoard } from "../../src/board/read-facts";
import type { CurrentBoard } from "../../src/board/current";
import { appendFacts } from "../../src/database/append-facts";
import { openCurrent, until } from "../board/open-current";
import { tellBoard } from "../board/tell-board";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";
import { AGREEING_TREE, CONDITIONS, expectAgreement, LEAVES, QUESTION } from "./agreement";
import type { Json } from "../support/json";
import { TEST_SEED } from "../support/test-seed";

/** A minute by hand: SCORETREE_TEST_SECONDS=60. */
const SECONDS = Number(process.env.SCORETREE_TEST_SECONDS ?? 8);
const WRITERS = 20;
const READERS = 20;
const MODELS = 12;

let database: TestDatabase;
let servers: StartedServer[];
let keys: { readonly lab: string; readonly admin: string };
let current: CurrentBoard;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource).domain("vision").tree(AGREEING_TREE).account("lab").account("admin", { role: "ADMIN" });
  for (let model = 0; model < MODELS; model++) story.model(`model-${model}`, { owner: "lab" });
  await story.model("secret", { owner: "lab", isPublic: false }).write();
  keys = { lab: await giveKey(database.dataSource, "lab"), admin: await giveKey(database.dataSource, "admin") };
  servers = await Promise.all([startServer(database.url), startServer(database.url)]);
  ({ current } = await openCurrent(database));
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.kill()));
  await current?.close();
  await database?.drop();
});

const query = (sql: string, parameters?: unknown[]) => database.dataSource.query(sql, parameters);

interface Answer {
  readonly data: Json;
  readonly errors?: unknown;
  readonly extensions: { readonly revision: string };
}

async function post(server: StartedServer, text: string, variables: object, key?: string): Promise<string> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ query: text, variables }),
  });
  return response.text();
}

async function ask(...asked: Parameters<typeof post>): Promise<Answer> {
  const answer = JSON.parse(await post(...asked)) as Answer;
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer;
}

/** What a writer was told to be written: the start of each run, which no two share, and its number. */
type Written = Map<string, number>;

let runs = 0;
const newRun = () => new Date(Date.UTC(2000, 0, 1) + 1_000 * ++runs).toISOString();

const SUBMIT = `mutation ($input: SubmitScoresInput!) {
  submitScores(input: $input) { submission { scoreCount } replayed userErrors { code message path } } }`;

/** Hands in some scores at one of the servers. */
async function submit(random: Seeded, written: Written): Promise<void> {
  const scores = Array.from({ length: 1 + random.integer(3) }, () => ({
    model: random.integer(8) === 0 ? "secret" : `model-${random.integer(MODELS)}`,
    ...{ benchmark: LEAVES[random.integer(4)], version: 1, raw: random.uniform(), ceiled: random.integer(40) / 40 },
    ...{ startedAt: newRun(), endedAt: "2024-01-01T00:00:00Z" },
  }));
  const input = { domain: "vision", submissionKey: scores[0].startedAt, scores };
  const { data } = await ask(servers[random.integer(2)], SUBMIT, { input }, keys.lab);
  expect(data.submitScores).toEqual({ submission: { scoreCount: scores.length }, replayed: false, userErrors: [] });
  for (const { startedAt, raw } of scores) written.set(startedAt, raw);
}

/** Writes some scores straight into the ledger, and now and then something else. */
async function append(random: Seeded, written: Written): Promise<void> {
  const act = random.integer(12);
  const startedAt = newRun();
  const raw = random.uniform();
  await appendFacts(database.dataSource, { source: "test" }, async ({ add, change, query: read }) => {
    const oneOf = async (sql: string) => (await read(`${sql} ORDER BY random() LIMIT 1`))[0].pk as number;
    const model_pk = await oneOf("SELECT pk FROM model");
    const version_pk = await oneOf("SELECT pk FROM benchmark_version");
    const numbers = { raw, ceiled: random.integer(40) / 40, started_at: startedAt, ended_at: "2024-01-01T00:00:00Z" };
    const [observation] = await add("observation", [{ id: `run-${startedAt}`, model_pk, version_pk, ...numbers }]);
    if (act === 0) await change("observation", [{ pk: observation, retracted_at: "2024-02-01T00:00:00Z" }]);
    if (act === 1) await change("model", [{ pk: model_pk, family: `family-${startedAt}` }]);
    if (act === 2) await change("account", [{ pk: await oneOf("SELECT pk FROM account"), display_name: startedAt }]);
    if (act === 3) await change("benchmark_version", [{ pk: version_pk, ceiling: raw }]);
    if (act === 4) await change("model", [{ pk: await oneOf("SELECT pk FROM model WHERE name = 'model-0'"), is_public: raw < 0.5 }]);
  });
  written.set(startedAt, raw);
}

/** What a reader was answered, in order; looked at afterwards, since that takes longer than the answers. */
interface Read {
  readonly server: number;
  readonly isAdmin: boolean;
  readonly under: (typeof CONDITIONS)[number];
  readonly text: string;
}

/** Asks both servers in turn, until it is over. */
async function read(reader: number, isOver: () => boolean): Promise<Read[]> {
  const isAdmin = reader % 4 === 0;
  const answers: Read[] = [];
  for (let turn = 0; !isOver(); turn++) {
    const [server, under] = [turn % 2, CONDITIONS[(turn + reader) % CONDITIONS.length]];
    const text = await post(servers[server], QUESTION, { under }, isAdmin ? keys.admin : undefined);
    answers.push({ server, isAdmin, under, text });
    await pause(100);
  }
  return answers;
}

const checked = new Set<string>();

/** Revisions of each server only grow, and the numbers of each answer agree. */
function checkAnswers(answers: readonly Read[]): void {
  const last = [0, 0];
  for (const { server, isAdmin, under, text } of answers) {
    const { data, errors, extensions } = JSON.parse(text) as Answer;
    expect(errors).toBeUndefined();
    expect(data.standings.revision).toBe(extensions.revision);
    expect(Number(extensions.revision)).toBeGreaterThanOrEqual(last[server]);
    last[server] = Number(extensions.revision);
    // An admin's lists have the private model, which no leaderboard has.
    if (isAdmin || checked.has(text)) continue;
    checked.add(text);
    expectAgreement(data, under === null || !("among" in under || "asOf" in under));
  }
}

const TABLES = ["domain", "account", "reference", "benchmark", "benchmark_version", "model", "submission", "observation", "release"];

/** Asks for everything after what it knows, again and again: each time every revision from there to the last must be told. */
async function follow(isOver: () => boolean): Promise<void> {
  const told = [...TABLES, "earlier_content"].map((table) => `SELECT revision FROM ${table} WHERE revision > $1`).join(" UNION ALL ");
  for (let known = 0; !isOver(); await pause(20)) {
    const [{ last, count, lowest, highest }] = await query(
      `SELECT last_revision AS last, count(DISTINCT revision)::int AS count, min(revision) AS lowest, max(revision) AS highest
       FROM ledger LEFT JOIN (${told}) AS told ON true GROUP BY 1`,
      [known],
    );
    if (last === known) continue;
    expect([lowest, highest, count]).toEqual([known + 1, last, last - known]);
    known = last;
  }
}

/** Cuts one of the connections that listen for facts, now and then. */
async function cut(random: Seeded, isOver: () => boolean): Promise<number> {
  let count = 0;
  for (; !isOver(); await pause(50 + random.integer(400))) {
    const ended = await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'scoretree listener' ORDER BY random() LIMIT 1`);
    count += ended.length;
  }
  return count;
}

const EVERYTHING = `{ models(domain: "vision", first: 100) { totalCount nodes { name isPublic metadata { family } } }
  standings(domain: "vision") { revision populationSize matrix { models { name } benchmarks { identifier } states values ranks }
  tree { benchmark { identifier } statistics { count failed notRun min max mean median } } } }`;

it(
  "§9 20 writers and 20 readers on two processes: nothing is lost or doubled, revisions only grow, both come to the same",
  async () => {
    const end = Date.now() + SECONDS * 1_000;
    const isOver = () => Date.now() > end;
    const written: Written = new Map();
    const write = async (writer: number) => {
      const random = seeded(TEST_SEED + writer);
      for (; !isOver(); await pause(random.integer(60))) await (writer % 2 ? submit : append)(random, written);
    };
    const stop = async () => {
      await pause(SECONDS * 400);
      servers[1].signal("SIGSTOP");
      await pause(1_500);
      servers[1].signal("SIGCONT");
    };
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    const reading = Promise.all(Array.from({ length: READERS }, (_, reader) => read(reader, isOver)));
    const [answers, cuts] = await Promise.all([reading, cut(seeded(TEST_SEED + 99), isOver), follow(isOver), stop(), writing]);

    answers.forEach(checkAnswers);

    // Of the facts.
    const observations: { started: Date; raw: number; count: number }[] = await query(
      `SELECT started_at AS started, min(raw) AS raw, count(*)::int AS count FROM observation GROUP BY 1`,
    );
    const found = new Map(observations.map(({ started, raw }) => [started.toISOString(), raw]));
    expect(observations.filter(({ count }) => count > 1)).toEqual([]);
    expect([...found].sort()).toEqual([...written].sort());
    const [{ last }] = await query(`SELECT last_revision AS last FROM ledger`);
    expect(
      await query(`SELECT first_revision FROM (SELECT first_revision, lag(last_revision, 1, 0::bigint) OVER (ORDER BY first_revision) AS before
        FROM fact_append) AS a WHERE first_revision <> before + 1`),
    ).toEqual([]);

    // Of the processes: each catches up by itself, and comes to the same as one that reads everything from scratch.
    const everything = (server: StartedServer) => ask(server, EVERYTHING, {}, keys.admin);
    await until(async () => (await Promise.all(servers.map(everything))).every(({ extensions }) => Number(extensions.revision) === last));
    await until(() => current.revision === last);
    const fresh = await readBoard(database.dataSource);
    expect(tellBoard(current.board)).toStrictEqual(tellBoard(fresh));
    const [first, second] = await Promise.all(servers.map(everything));
    expect(first).toEqual(second);
    const third = await startServer(database.url);
    servers.push(third);
    expect(await everything(third)).toEqual(first);

    // Otherwise nothing was tested.
    expect(cuts).toBeGreaterThan(1);
    expect(written.size).toBeGreaterThan(WRITERS);
    expect(Math.min(...answers.map(({ length }) => length))).toBeGreaterThan(1);
    if (SECONDS > 10)
      console.log(`${SECONDS} s: ${written.size} scores, ${last} revisions, ${answers.flat().length} answers, ${cuts} cuts`);
  },
  120_000 + SECONDS * 2_000,
);
