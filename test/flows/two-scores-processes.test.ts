import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "../board/open-current";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";
import type { Json } from "../support/json";

/** How long a process is stopped; half a minute by hand: SCORETREE_TEST_PAUSE=30. */
const PAUSE_SECONDS = Number(process.env.SCORETREE_TEST_PAUSE ?? 4);

const MODELS = 40;

let database: TestDatabase;
let writer: StartedServer;
let scores: StartedServer[];
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource).domain("vision").tree("average_vision\n  V1\n    a\n    b\n  V4\n    c");
  for (let model = 0; model < MODELS; model++) {
    story.model(`model-${model}`, { owner: "lab" });
    for (const leaf of ["a", "b", "c"]) story.score(`model-${model}`, leaf, (model + leaf.charCodeAt(0)) / 1_000);
  }
  await story.write();
  key = await giveKey(database.dataSource, "lab");
  [writer, ...scores] = await Promise.all([
    startServer(database.url, {}, ["submissions"]),
    ...[0, 1].map(() => startServer(database.url, {}, ["scores"])),
  ]);
});
afterAll(async () => {
  await Promise.all([writer, ...(scores ?? [])].map((server) => server?.kill()));
  await database?.drop();
});

async function post(url: string, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Json; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return { data, headers: response.headers };
}

let runs = 0;

/** Hands in a score that makes a model the first on leaf `a`; gives what names the revision. */
async function submit(model: string): Promise<string> {
  const at = new Date(Date.UTC(2026, 0, 1) + ++runs * 1_000).toISOString();
  const value = 0.2 + runs / 250;
  const { data, headers } = await post(
    `${writer.url}/graphql/submissions`,
    `mutation { submitScores(input: { domain: "vision", submissionKey: "${at}", scores: [{ model: "${model}", benchmark: "a", version: 1,
      raw: ${value}, ceiled: ${value}, startedAt: "${at}", endedAt: "${at}" }] }) { userErrors { message } } }`,
    { authorization: `Bearer ${key}` },
  );
  expect(data.submitScores.userErrors).toEqual([]);
  return headers.get("x-scoretree-min-revision")!;
}

const RANKS = `{ standings(domain: "vision") { leaderboard(first: 100) { nodes { rank model { name }
  scores { benchmark { identifier } value rank percentile } } } } }`;

interface Standing {
  readonly leaderboard: {
    readonly nodes: readonly {
      readonly model: { readonly name: string };
      readonly scores: readonly { readonly benchmark: { readonly identifier: string }; readonly rank: number }[];
    }[];
  };
}
const standings = async ({ url }: StartedServer, headers = {}): Promise<Standing> =>
  (await post(`${url}/graphql/scores`, RANKS, headers)).data.standings as Standing;

/** Which model is the first on leaf `a`. */
const firstOf = ({ leaderboard: { nodes } }: Standing): string =>
  nodes.find(({ scores: cells }) => cells.some(({ benchmark, rank }) => benchmark.identifier === "a" && rank === 1))!.model.name;

describe("two scores processes over one database", () => {
  it("come to equal ranks after each write without being asked to, and those of both are the newest then", async () => {
    for (let round = 0; round < 25; round++) {
      const model = `model-${(round * 7) % MODELS}`;
      await submit(model);
      let answers: Standing[] = [];
      await until(async () => {
        answers = await Promise.all(scores.map((server) => standings(server)));
        return answers.every((answer) => firstOf(answer) === model);
      });
      expect(answers[1]).toEqual(answers[0]);
    }
  });

  it.each([0, 1])(
    "answer equal ranks at once when process %i was stopped for a while, and what was asked for while it was stopped",
    async (stopped) => {
      scores[stopped].signal("SIGSTOP");
      let last = "";
      let least = "";
      let asked: Promise<Standing> | null = null;
      const end = Date.now() + PAUSE_SECONDS * 1_000;
      try {
        while (Date.now() < end) {
          last = `model-${runs % MODELS}`;
          least = await submit(last);
          expect(firstOf(await standings(scores[1 - stopped], { "x-scoretree-min-revision": least }))).toBe(last);
          asked ??= standings(scores[stopped]);
          await pause(400);
        }
      } finally {
        scores[stopped].signal("SIGCONT");
      }
      // Who asks for what was written gets that or later, from the first answer on.
      const both = await Promise.all(scores.map((server) => standings(server, { "x-scoretree-min-revision": least })));
      expect(both.map(firstOf)).toEqual([last, last]);
      expect(both[1]).toEqual(both[0]);
      await asked;
      await pause(100);
      const plain = await Promise.all(scores.map((server) => standings(server)));
      expect(plain.map(firstOf)).toEqual([last, last]);
      expect(plain[1]).toEqual(plain[0]);
    },
    180_000 + PAUSE_SECONDS * 2_000,
  );

  it("answer from one revision whoever is ahead", async () => {
    await submit("model-3");
    const { headers } = await post(`${scores[0].url}/graphql/scores`, RANKS);
    const exact = { "x-scoretree-revision": headers.get("x-scoretree-revision")! };
    const then = await standings(scores[0], exact);
    for (let round = 0; round < 10; round++) await submit(`model-${round}`);
    for (let round = 0; round < 3; round++) for (const server of scores) expect(await standings(server, exact)).toEqual(then);
  });
});
