import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readLog } from "../../src/database/read-log";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import type { Json } from "../support/json";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";

const YEAR = 365.25 * 24 * 3_600_000;

const folder = mkdtempSync(path.join(tmpdir(), "scoretree-clock-"));
const clock = path.join(folder, "shift");
/** What a process loads whose clock goes as far wrong as a file says. */
const preload = path.join(folder, "shifted.cjs");
const PRELOAD = `const { readFileSync } = require("node:fs");
const Right = Date;
const now = () => Right.now() + Number(readFileSync(${JSON.stringify(clock)}, "utf8"));
globalThis.Date = class Date extends Right {
  constructor(...given) { given.length > 0 ? super(...given) : super(now()); }
  static now() { return now(); }
};`;

let database: TestDatabase;
let shifted: StartedServer;
let right: StartedServer;
let key: string;
beforeAll(async () => {
  writeFileSync(preload, PRELOAD);
  writeFileSync(clock, "0");
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").tree("average\n  leaf").model("alpha", { owner: "lab" }).write();
  key = await giveKey(database.dataSource, "lab");
  [shifted, right] = await Promise.all([startServer(database.url, { NODE_OPTIONS: `--require=${preload}` }), startServer(database.url)]);
}, 120_000);
afterAll(async () => {
  await Promise.all([shifted, right].map((server) => server?.kill()));
  await database?.drop();
  rmSync(folder, { recursive: true });
});

/** Sets the clocks of the process and of what the database notes, by so many years. */
async function jump(years: number): Promise<void> {
  writeFileSync(clock, String(years * YEAR));
  await database.dataSource.query(`ALTER TABLE fact_append ALTER appended_at SET DEFAULT now() + interval '${years} years'`);
}

async function ask(server: StartedServer, query: string, variables: object = {}): Promise<{ data: Json; revision: number }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors, extensions } = (await response.json()) as { data: Json; errors?: unknown; extensions: { revision: string } };
  if (errors) throw new Error(JSON.stringify(errors));
  return { data, revision: Number(extensions.revision) };
}

const SUBMIT = `mutation ($input: SubmitScoresInput!) { submitScores(input: $input) { submission { id } userErrors { code message } } }`;
const submit = async (submissionKey: string, raw: number, endedAt: string) => {
  const scores = [{ model: "alpha", benchmark: "leaf", version: 1, raw, ceiled: raw, endedAt }];
  const { data, revision } = await ask(shifted, SUBMIT, { input: { domain: "vision", submissionKey, scores } });
  return { ...data.submitScores, revision };
};

const BOARD = `{ standings(domain: "vision") { revision matrix { states values ranks } }
  trend: model(domain: "vision", name: "alpha") { scores { display rank } } }`;

test("§9 facts are in the order in which they were written, whatever the clock says; answers of a process whose clock jumps are those of one whose clock is right", async () => {
  const revisions: number[] = [];
  for (const [years, name, raw] of [
    [0, "first", 0.1],
    [10, "from the future", 0.2],
    [-15, "from the past", 0.3],
    [0, "last", 0.4],
  ] as const) {
    await jump(years);
    const { userErrors, revision } = await submit(name, raw, "2001-02-03T00:00:00Z".replace("03", `0${revisions.length + 1}`));
    expect(userErrors).toEqual([]);
    revisions.push(revision);
    const { data } = await ask(shifted, BOARD);
    await expectSoon(async () => expect((await ask(right, BOARD)).data).toEqual(data));
    expect(data.trend.scores[0].display).toBe(`.${raw * 1000}`);
  }
  expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
  expect(new Set(revisions).size).toBe(4);

  // The log tells what the clock said, in the order of writing.
  const log = (await readLog(database.dataSource, { limit: 4 })).map(({ at, lastRevision }) => ({
    year: at.getFullYear() - new Date().getFullYear(),
    lastRevision,
  }));
  expect(log.map(({ year }) => year)).toEqual([0, -15, 10, 0]);
  expect(log.map(({ lastRevision }) => lastRevision)).toEqual(log.map(({ lastRevision }) => lastRevision).sort((a, b) => b - a));
}, 120_000);

test("§8 an end that a clock which went back has not reached is refused in words, and taken once the clock is right", async () => {
  await jump(-15);
  const end = new Date(Date.now() - YEAR).toISOString();
  expect((await submit("early", 0.5, end)).userErrors).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/not in the future/) }),
  ]);
  await jump(0);
  expect((await submit("early", 0.5, end)).userErrors).toEqual([]);
});

/** The other process hears of facts a moment later. */
async function expectSoon(claim: () => Promise<void>): Promise<void> {
  for (const end = performance.now() + 30_000; ; await new Promise((resolve) => setTimeout(resolve, 50)))
    try {
      return await claim();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
}
