import { readFileSync } from "node:fs";
import path from "node:path";
import type { Viewer } from "../../src/board/viewer";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { viewerOf } from "../support/viewer-of";

const ROOT = path.join(__dirname, "../..");
const PAGE = readFileSync(path.join(ROOT, "docs/writing.md"), "utf8");

/** What stands on the page for what differs from one installation to the next. */
const ANYTHING = "…";

/** The queries of the page in their order, each with the JSON that follows it. */
const steps = [...PAGE.matchAll(/```graphql\n(.*?)```(?:\s+```json\n(.*?)```)?/gs)].map(({ index, 1: query, 2: answer }) => ({
  line: PAGE.slice(0, index).split("\n").length,
  query,
  answer: answer === undefined ? null : (JSON.parse(answer) as unknown),
}));

/** What the page says, with something that equals anything where it leaves out what. */
function expected(value: unknown): unknown {
  if (value === ANYTHING) return expect.anything();
  if (Array.isArray(value)) return value.map(expected);
  return value !== null && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([key, of]) => [key, expected(of)]))
    : value;
}

/** Every id of a kind in an answer, in order. */
const idsIn = (answer: unknown, kind: string): string[] => JSON.stringify(answer).match(new RegExp(`${kind}_[\\w-]{22}`, "g")) ?? [];

describe("docs/writing.md", () => {
  let database: TestDatabase;
  let joined: Joined;
  let lab: Viewer;
  let admin: Viewer;
  /** Ids that the answer before showed: what the variables of a step stand for. */
  let variables: { observations: string[]; model?: string } = { observations: [] };

  beforeAll(async () => {
    database = await createTestDatabase();
    await importDataset(database.dataSource, path.join(ROOT, "data"));
    await seed(database.dataSource).account("docs-lab").account("docs-admin", { role: "ADMIN" }).write();
    lab = await viewerOf(database.dataSource, "docs-lab");
    admin = { ...(await viewerOf(database.dataSource, "docs-admin"))!, isAdmin: true };
    joined = await openJoined(database);
  });
  afterAll(() => database.drop());

  it("has steps", () => {
    expect(steps.length).toBeGreaterThan(5);
  });

  // A step that only an admin may take says so in its first line.
  it.each(steps.map((step) => [step.line, step] as const))("answers at line %i what it says", async (_, { query, answer }) => {
    const viewer = query.startsWith("# As an admin") ? admin : lab;
    const got = JSON.parse(JSON.stringify(await joined.ask(query, { viewer, variables })));
    if (answer === null) expect(got.errors).toBeUndefined();
    else expect(got).toEqual(expected(answer));
    variables = { observations: idsIn(got, "observation"), model: idsIn(got, "model")[0] };
  });
});
