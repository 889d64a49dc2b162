import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { documentedOperations, PAGES } from "../support/documented-operations";
import { type Joined, openJoined } from "../support/joined";

const ROOT = path.join(__dirname, "../..");

/** These have tests of their own: their steps need an account or another server, and follow on one another. */
const ELSEWHERE = ["docs/writing.md", "docs/accounts.md", "docs/joining.md"];

const examples = documentedOperations().filter(({ file }) => !ELSEWHERE.includes(file));

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
