import type { Viewer } from "../../../src/board/viewer";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { viewerOf } from "../../support/viewer-of";

const CREATE = `mutation ($input: CreateReleaseInput!) {
  createRelease(input: $input) { release { name notes checksum domain { slug } } userErrors { code path } }
}`;

describe("createRelease", () => {
  let database: TestDatabase;
  let joined: Joined;
  let admin: Viewer;

  beforeAll(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource)
      .domain("vision")
      .tree("average\n  leaf-a")
      .model("alpha")
      .score("alpha", "leaf-a", 0.5)
      .account("admin")
      .write();
    joined = await openJoined(database);
    admin = { ...(await viewerOf(database.dataSource, "admin"))!, isAdmin: true };
  });
  afterAll(() => database.drop());

  const create = async (input: object, viewer = admin) =>
    (await joined.data(CREATE, { viewer, variables: { input: { domain: "vision", ...input } } })).createRelease;

  it("§9: makes a release for an admin, and notes who made it", async () => {
    expect(await create({ name: 'the "first"', notes: "Said of it." })).toEqual({
      release: {
        name: 'the "first"',
        notes: "Said of it.",
        checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        domain: { slug: "vision" },
      },
      userErrors: [],
    });
    const [append] = await database.dataSource.query(`SELECT account_pk, source FROM fact_append ORDER BY last_revision DESC LIMIT 1`);
    expect(append).toEqual({ account_pk: admin!.accountPk, source: "createRelease" });
    const { standings } = await joined.data(`{ standings(domain: "vision", under: { release: "the \\"first\\"" }) { populationSize } }`);
    expect(standings).toEqual({ populationSize: 1 });
  });

  it("refuses a taken name, an unusable one, an unknown domain, and who is no admin", async () => {
    await create({ name: "taken" });
    const refused = async (input: object, viewer?: Viewer) => {
      const { release, userErrors } = await create(input, viewer);
      expect(release).toBeNull();
      return (userErrors as { code: string; path: string[] }[]).map(({ code, path }) => `${code} ${path.join(".")}`);
    };
    expect(await refused({ name: "taken" })).toEqual(["CONFLICT name"]);
    expect(await refused({ name: " x", domain: "nowhere" })).toEqual(["INVALID name", "NOT_FOUND domain"]);
    expect(await refused({ name: "x", domain: "nowhere" })).toEqual(["NOT_FOUND domain"]);
    for (const viewer of [null, { ...admin!, isAdmin: false }]) expect(await refused({ name: "x" }, viewer)).toEqual(["NOT_ALLOWED "]);
    expect((await joined.data(`{ releases(domain: "vision") { name } }`)).releases).toHaveLength(2);
  });
});
