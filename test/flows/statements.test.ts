import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { countStatements } from "../support/count-statements";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { viewerOf } from "../support/viewer-of";
import { nestedQuery } from "./nested-query";

const QUERY = readFileSync(path.resolve(__dirname, "../../examples/model-card.graphql"), "utf8");
const PARENTS = 20;
const LEAVES = 15;

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const leaves = Array.from({ length: PARENTS }, (_, p) => Array.from({ length: LEAVES }, (_, l) => `leaf-${p}-${l}`));
  const drawing = leaves.map((names, p) => [
    `  parent-${p}  reference Work${p}`,
    ...names.map((name) => `    ${name}  reference Work${p}`),
  ]);
  const story = seed(database.dataSource).domain("vision", { references: ["Work0"], columns: { usage: 'load("{name}")' } });
  for (let p = 0; p < PARENTS; p++) story.reference(`Work${p}`);
  story
    .tree(["average_vision", ...drawing.flat()].join("\n"))
    .model("alpha", { owner: "lab" })
    .model("beta", { owner: "another" });
  for (const name of leaves.flat()) story.version(name, 1, { recording_region: "V1", samples: [{ position: 1, url: `${name}.png` }] });
  leaves.flat().forEach((name, at) => story.score("alpha", name, at / 300).score("beta", name, (300 - at) / 300));
  await story.write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

it("a card of 321 nodes makes no more statements than a small one: at most 5", async () => {
  const { result, statements } = await countStatements(() => joined.data(QUERY, { variables: { name: "alpha" } }));
  expect(result.model.scores).toHaveLength(1 + PARENTS + PARENTS * LEAVES);
  expect(result.model.scores[2].benchmark.version.recording.region).toBe("V1");
  expect(statements.length).toBeLessThanOrEqual(5);
});

it("a card that is asked for again makes none", async () => {
  await joined.data(QUERY, { variables: { name: "alpha" } });
  const { statements } = await countStatements(() => joined.data(QUERY, { variables: { name: "alpha" } }));
  expect(statements).toEqual([]);
});

it("a recursive card makes none for its cells", async () => {
  const { result, statements } = await countStatements(() => joined.data(nestedQuery("alpha", "average_vision", 2)));
  expect(result.model.score.children).toHaveLength(PARENTS);
  expect(result.model.score.children[0].children).toHaveLength(LEAVES);
  expect(statements.length).toBeLessThanOrEqual(1);
});

it("a leaderboard with all columns makes none for cells, ranks and names", async () => {
  const source = `{ standings(domain: "vision") { leaderboard { nodes { rank model { name } scores { display rank benchmark { identifier } } } } } }`;
  const { result, statements } = await countStatements(() => joined.data(source));
  expect(result.standings.leaderboard.nodes).toHaveLength(2);
  expect(result.standings.leaderboard.nodes[0].scores).toHaveLength(1 + PARENTS + PARENTS * LEAVES);
  expect(statements).toEqual([]);
});

it("many models with contributor and layers, and many observations, are read together", async () => {
  const source = `{ models(domain: "vision") { nodes { contributor { displayName } layers { region } metadata { family }
    scores(leavesOnly: true) { observation { raw } history { raw endedAt } } } } }`;
  const { result, statements } = await countStatements(() => joined.data(source));
  expect(result.models.nodes[1].scores[10].history).toHaveLength(1);
  expect(statements.length).toBeLessThanOrEqual(4);
});

it("a submission of many scores makes no more statements than one of one: other writers wait for 9", async () => {
  const viewer = await viewerOf(database.dataSource, "lab");
  const submit = (submissionKey: string, count: number) => {
    const scores = Array.from({ length: count }, (_, n) => {
      const endedAt = new Date(Date.UTC(2020, 0, count) + n * 1000).toISOString();
      return { model: "alpha", benchmark: `leaf-${n % PARENTS}-0`, version: 1, ceiled: n / 1000, endedAt };
    });
    const source = `mutation ($input: SubmitScoresInput!) { submitScores(input: $input) { replayed userErrors { message } } }`;
    return countStatements(() => joined.data(source, { viewer, variables: { input: { domain: "vision", submissionKey, scores } } }));
  };
  const [one, many] = [await submit("one", 1), await submit("many", 400)];
  for (const { result } of [one, many]) expect(result.submitScores).toEqual({ replayed: false, userErrors: [] });
  const locked = [one, many].map(({ statements }) => statements.slice(statements.findIndex((text) => text.includes("FOR UPDATE")) + 1));
  expect(locked.map((statements) => statements.indexOf("COMMIT") + 1)).toEqual([9, 9]);
});
