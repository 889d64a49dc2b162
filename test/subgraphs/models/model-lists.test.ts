import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../../support/viewer-of";

const MANY = Array.from({ length: 30 }, (_, at) => `m${String(at).padStart(2, "0")}`);

let database: TestDatabase;
let joined: Joined;
let lab: typeof ADMIN;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource).domain("vision").reference("Work2020").account("lab", { display_name: "The Lab" });
  for (const name of [...MANY].reverse()) story.model(name, { owner: "lab", reference: "Work2020" });
  await story
    .model("hidden", { isPublic: false, owner: "lab", reference: "Work2020" })
    .model("of another", { owner: "another", reference: "Work2020" })
    .domain("language")
    .model("a speaker", { owner: "lab" })
    .write();
  joined = await openJoined(database);
  lab = await viewerOf(database.dataSource, "lab");
});
afterAll(() => database?.drop());

const PAGE = "totalCount nodes { name } pageInfo { hasNextPage hasPreviousPage endCursor }";
const listOf = (models: { nodes: { name: string }[]; totalCount: number; pageInfo: { endCursor: string } }) => ({
  ...{ names: models.nodes.map(({ name }) => name), totalCount: models.totalCount },
  ...models.pageInfo,
});
const contributed = async (argument = "", viewer = null as typeof ADMIN) => {
  const query = `{ model(domain: "vision", name: "m00") { contributor { displayName models${argument} { ${PAGE} } } } }`;
  return listOf((await joined.data(query, { viewer })).model.contributor.models);
};
const citing = async (argument = "", viewer = null as typeof ADMIN) => {
  const query = `{ model(domain: "vision", name: "m00") { reference { models${argument} { ${PAGE} } } } }`;
  return listOf((await joined.data(query, { viewer })).model.reference.models);
};

describe("a contributor's models", () => {
  it("are those that the viewer sees, of all domains, by name, 25 at a time (§10)", async () => {
    for (const viewer of [null, STRANGER])
      expect(await contributed("", viewer)).toMatchObject({
        names: ["a speaker", ...MANY.slice(0, 24)],
        totalCount: 31,
        hasNextPage: true,
        hasPreviousPage: false,
      });
    for (const viewer of [lab, ADMIN])
      expect(await contributed("", viewer)).toMatchObject({ names: ["a speaker", "hidden", ...MANY.slice(0, 23)], totalCount: 32 });
  });

  it("go on after a cursor, which is good for this list only", async () => {
    const { endCursor } = await contributed("(first: 20)");
    expect(await contributed(`(first: 100, after: "${endCursor}")`)).toMatchObject({ names: MANY.slice(19), hasNextPage: false });
    const query = `{ model(domain: "vision", name: "m00") { reference { models(after: "${endCursor}") { totalCount } } } }`;
    expect(await faultsOf(joined, query)).toEqual([expect.stringMatching(/^INVALID_CURSOR at model.reference.models: `after`/)]);
    expect(
      await faultsOf(joined, `{ model(domain: "vision", name: "m00") { contributor { models(first: 101) { totalCount } } } }`),
    ).toEqual(["BAD_USER_INPUT at model.contributor.models: `first` must be from 0 to 100; got 101."]);
  });
});

describe("the models of a work", () => {
  it("are those that the viewer sees (§10)", async () => {
    expect(await citing("(first: 100)")).toMatchObject({ names: [...MANY, "of another"], totalCount: 31 });
    expect(await citing("(first: 1)", lab)).toMatchObject({ names: ["hidden"], totalCount: 32, hasNextPage: true });
  });
});

describe("an account's models", () => {
  it("are all of its own, private ones too", async () => {
    const query = `{ viewer { models(first: 2) { ${PAGE} } } }`;
    expect(listOf((await joined.data(query, { viewer: lab })).viewer.models)).toMatchObject({
      names: ["a speaker", "hidden"],
      totalCount: 32,
      hasNextPage: true,
    });
  });
});
