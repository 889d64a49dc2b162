import { afterAll, afterEach, beforeAll, expect, it, jest } from "@jest/globals";
import { Unwanted } from "../../src/board/in-slices";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";

const GROUPS = ["A", "B", "C", "D", "E", "F", "G", "H"];
const LEAVES = GROUPS.flatMap((group) => [`${group}1`, `${group}2`]);

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const tree = GROUPS.map((group) => `  ${group}\n    ${group}1\n    ${group}2`).join("\n");
  const story = seed(database.dataSource).domain("vision").tree(`average\n${tree}`);
  for (let model = 0; model < 12; model++) {
    story.model(`m${model}`);
    for (const [at, leaf] of LEAVES.entries())
      story.score(`m${model}`, leaf, { ceiled: ((model * 7 + at) % 10) / 10, endedAt: `2023-0${(at % 4) + 1}-10` });
  }
  await story.write();
});
afterAll(() => database?.drop());
afterEach(() => void jest.restoreAllMocks());

let clock = 0;

/** Makes every slice end with the step that it is in; counts the steps, and calls `onStep` at each. */
function hurry(onStep: (step: number) => void) {
  const counted = { steps: 0 };
  jest.spyOn(performance, "now").mockImplementation(() => {
    onStep(++counted.steps);
    return (clock += 1_000);
  });
  return counted;
}

// Every question asks for conditions of its own, so that none finds another's standings.
const QUESTIONS: Readonly<Record<string, (n: number) => string>> = {
  "standings under weights": (n) => `standings(domain: "vision", under: { weights: [{ benchmark: "A", weight: ${n + 2} }] }) { revision }`,
  "standings as of an instant": (n) => `standings(domain: "vision", under: { asOf: "2023-05-0${n + 1}" }) { revision }`,
  "a trend": () => `model(domain: "vision", name: "m3") { trend(from: "2022-01-01") { value } }`,
  "a trend among some": () =>
    `model(domain: "vision", name: "m3") { trend(under: { among: { scored: [{ benchmark: "A" }] } }) { value rank } }`,
  changes: () => `changes(domain: "vision", from: { asOf: "2023-02-20" }) { totalCount }`,
  correlations: () => `standings(domain: "vision") { correlations(benchmarks: ${JSON.stringify(LEAVES)}) { r } }`,
  "a matrix": () => `standings(domain: "vision") { matrix { values } }`,
};

it.each(Object.entries(QUESTIONS))("%s: stops when the client has gone", async (_, question) => {
  joined = await openJoined(database);
  const whole = hurry(() => undefined);
  expect((await joined.ask(`{ ${question(0)} }`)).errors).toBeUndefined();
  expect(whole.steps).toBeGreaterThan(9);

  joined = await openJoined(database);
  const controller = new AbortController();
  const stopped = hurry((step) => step === 3 && controller.abort());
  const { errors } = await joined.ask(`{ ${question(1)} }`, { signal: controller.signal });
  expect(errors![0].originalError).toBeInstanceOf(Unwanted);
  expect(stopped.steps).toBeLessThan(7);
});
