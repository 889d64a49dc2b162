import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../../support/viewer-of";

let database: TestDatabase;
let joined: Joined;
let lab: typeof ADMIN;
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  const story = seed(dataSource)
    .domain("vision")
    .tree("average_vision\n  leaf-a\n  leaf-b")
    .account("lab", { display_name: "The Lab" })
    .account("chief", { role: "ADMIN" })
    .account("newcomer")
    .model("alpha", { owner: "lab" })
    .model("hidden", { isPublic: false, owner: "quiet" })
    .model("nobody's")
    .score("alpha", "leaf-a", { raw: 0.5, ceiled: 0.5, submission: "two" })
    .score("alpha", "leaf-b", { raw: 0.5, ceiled: 0.5, submission: "two" })
    .score("hidden", "leaf-a", { raw: 0.5, ceiled: 0.5, submission: "two" });
  for (let n = 10; n < 40; n++)
    story.score("alpha", "leaf-a", { raw: 0.1, ceiled: 0.1, endedAt: `2021-02-${n - 9}`.slice(0, 10), submission: `s${n}` });
  await story
    .also(async (append) => {
      const rows = await append.query("SELECT pk, key FROM submission WHERE key LIKE 's%'");
      for (const { pk, key } of rows) await append.change("submission", [{ pk, submitted_at: `2022-01-01T00:00:${key.slice(1)}Z` }]);
    })
    .write();
  lab = await viewerOf(dataSource, "lab");
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const me = async (viewer: typeof ADMIN, selection: string) => (await joined.data(`{ viewer { ${selection} } }`, { viewer })).viewer;

describe("the viewer", () => {
  it("is null for anybody without an account, and for an account that is not there", async () => {
    for (const viewer of [null, STRANGER]) expect(await me(viewer, "key")).toBeNull();
  });

  it("is one's own account, with key, name and role", async () => {
    const [{ id }] = await database.dataSource.query("SELECT id FROM account WHERE key = 'lab'");
    expect(await me(lab, "id key displayName role")).toEqual({ id, key: "lab", displayName: "The Lab", role: "MEMBER" });
    expect(await me(await viewerOf(database.dataSource, "chief"), "displayName role")).toEqual({ displayName: null, role: "ADMIN" });
    const nothing = { totalCount: 0, nodes: [] };
    expect(
      await me(
        await viewerOf(database.dataSource, "newcomer"),
        "models { totalCount nodes { id } } submissions { totalCount nodes { id } }",
      ),
    ).toEqual({
      models: nothing,
      submissions: nothing,
    });
  });

  it("lists its submissions, the newest first, 25 at a time, with their sizes", async () => {
    const { submissions } = await me(
      lab,
      "submissions { totalCount nodes { key submittedAt scoreCount contributor { displayName } } pageInfo { hasNextPage endCursor } }",
    );
    expect(submissions.nodes.map(({ key }: { key: string }) => key)).toEqual(Array.from({ length: 25 }, (_, at) => `s${39 - at}`));
    expect(submissions.nodes[0]).toEqual({
      ...{ key: "s39", submittedAt: "2022-01-01T00:00:39.000Z", scoreCount: 1, contributor: { displayName: "The Lab" } },
    });
    expect(submissions).toMatchObject({ totalCount: 31, pageInfo: { hasNextPage: true } });
    const rest = (
      await me(lab, `submissions(after: "${submissions.pageInfo.endCursor}") { nodes { key scoreCount } pageInfo { hasNextPage } }`)
    ).submissions;
    expect(rest.nodes.at(-1)).toEqual({ key: "two", scoreCount: 2 });
    expect(rest).toMatchObject({ nodes: { length: 6 }, pageInfo: { hasNextPage: false } });
    expect(await faultsOf(joined, `{ viewer { submissions(after: "x") { totalCount } } }`, { viewer: lab })).toEqual([
      expect.stringMatching(/^INVALID_CURSOR at viewer.submissions: `after`/),
    ]);
  });

  it("does not share cursors with another account", async () => {
    const { submissions } = await me(lab, "submissions(first: 1) { pageInfo { endCursor } }");
    const viewer = await viewerOf(database.dataSource, "quiet");
    const query = `{ viewer { submissions(after: "${submissions.pageInfo.endCursor}") { totalCount } } }`;
    expect(await faultsOf(joined, query, { viewer })).toEqual([expect.stringMatching(/^INVALID_CURSOR/)]);
  });
});

describe("a contributor (§10)", () => {
  const contributor = async (model: string, viewer: typeof ADMIN = null) =>
    (
      await joined.data(`query ($name: String!) { model(domain: "vision", name: $name) { contributor { displayName } } }`, {
        viewer,
        variables: { name: model },
      })
    ).model?.contributor;

  it("is a display name, the account's key where none was given, and null without an owner", async () => {
    expect(await contributor("alpha")).toEqual({ displayName: "The Lab" });
    expect(await contributor("nobody's")).toBeNull();
    expect(await contributor("hidden", await viewerOf(database.dataSource, "quiet"))).toEqual({ displayName: "quiet" });
  });

  it("is seen by those who see a model of theirs", async () => {
    const [{ id }] = await database.dataSource.query("SELECT contributor_id AS id FROM account WHERE key = 'quiet'");
    const found = async (viewer: typeof ADMIN) =>
      (await joined.data(`{ node(id: "${id}") { ... on Contributor { displayName models { totalCount } } } }`, { viewer })).node;
    for (const viewer of [null, STRANGER, lab]) expect(await found(viewer)).toBeNull();
    for (const viewer of [await viewerOf(database.dataSource, "quiet"), ADMIN])
      expect(await found(viewer)).toEqual({ displayName: "quiet", models: { totalCount: 1 } });
  });
});
