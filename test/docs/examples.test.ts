import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";

const ROOT = path.join(__dirname, "../..");
const PAGES = ["README.md", ...readdirSync(path.join(ROOT, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : []))];

interface Example {
  readonly place: string;
  readonly query: string;
  /** What the page says it answers; null if it says nothing. */
  readonly answer: unknown;
}

/** These have tests of their own: their steps need an account or another server, and follow on one another. */
const ELSEWHERE = ["docs/writing.md", "docs/accounts.md", "docs/joining.md"];

/** The queries of a page, each with the JSON that follows it. */
function examplesOf(page: string): Example[] {
  const text = readFileSync(path.join(ROOT, page), "utf8");
  return [...text.matchAll(/```graphql\n(.*?)```(?:\s+```json\n(.*?)```)?/gs)].map(({ index, 1: query, 2: answer }) => ({
    place: `${page}:${text.slice(0, index).split("\n").length}`,
    query,
    answer: answer === undefined ? null : JSON.parse(answer),
  }));
}

const examples: Example[] = [
  ...PAGES.filter((page) => !ELSEWHERE.includes(page)).flatMap(examplesOf),
  ...readdirSync(path.join(ROOT, "examples")).flatMap((name) =>
    name.endsWith(".graphql")
      ? [{ place: `examples/${name}`, query: readFileSync(path.join(ROOT, "examples", name), "utf8"), answer: null }]
      : [],
  ),
];

describe("the queries of the README, the docs and the examples", () => {
  let database: TestDatabase;
  let joined: Joined;

  beforeAll(async () => {
    database = await createTestDatabase();
    await importDataset(database.dataSource, path.join(ROOT, "data"));
    joined = await openJoined(database);
  });
  afterAll(() => database.drop());

  it("are there", () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  it.each(examples.map((example) => [example.place, example] as const))("%s answers what it says", async (_, { query, answer }) => {
    const got = JSON.parse(JSON.stringify(await joined.ask(query)));
    if (answer === null) expect(got.errors).toBeUndefined();
    else expect(got).toEqual(answer);
  });
});

describe("the links of the README and the docs", () => {
  it.each(PAGES)("%s leads nowhere that is not there", (page) => {
    const text = readFileSync(path.join(ROOT, page), "utf8");
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => path.join(ROOT, path.dirname(page), target));
    const known = new Set(targets.flatMap((target) => (readdirSync(path.dirname(target)).includes(path.basename(target)) ? [target] : [])));
    expect(targets.filter((target) => !known.has(target))).toEqual([]);
  });
});
