import type { Viewer } from "../../../src/board/viewer";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { viewerOf } from "../../support/viewer-of";

const UPDATE = `mutation ($input: UpdateModelInput!) {
  updateModel(input: $input) {
    model {
      name isPublic competition group visualDegrees contributor { displayName } reference { key }
      layers { region layer } metadata { architecture parameterCount notes }
    }
    revision
    userErrors { code path message }
  }
}`;
const REFERENCE = `mutation ($input: RegisterReferenceInput!) { registerReference(input: $input) { reference { id key } isNew userErrors { code } } }`;
const bibtex = (key: string, title: string): string => `@misc{${key}, title={${title}}, author={Doe, Jane}, year={2024}}`;

describe("updateModel", () => {
  let database: TestDatabase;
  let joined: Joined;
  let lab: Viewer;
  let rival: Viewer;
  let admin: Viewer;

  beforeEach(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource)
      .domain("vision")
      .reference("Cited2020")
      .tree("average\n  leaf-a reference Cited2020\n  leaf-b")
      .account("lab", { display_name: "The Lab" })
      .account("rival")
      .account("admin")
      .model("public", { owner: "rival" })
      .score("public", "leaf-a", 0.5)
      .model("draft", {
        owner: "lab",
        isPublic: false,
        reference: "Cited2020",
        columns: {
          competition: "cosyne2022",
          visual_degrees: 8,
          layers: [{ region: "V1", layer: "conv1" }],
          architecture: "cnn",
          notes: "x",
        },
      })
      .score("draft", "leaf-a", 0.7)
      .model("hidden", { owner: "rival", isPublic: false })
      .write();
    joined = await openJoined(database);
    [lab, rival, admin] = await Promise.all(["lab", "rival", "admin"].map((key) => viewerOf(database.dataSource, key)));
    admin = { ...admin!, isAdmin: true };
  });
  afterEach(() => database.drop());

  const idOf = async (name: string): Promise<string> =>
    (await database.dataSource.query(`SELECT id FROM model WHERE name = $1`, [name]))[0].id;
  const run = async (name: string, input: object, viewer = lab) =>
    (await joined.data(UPDATE, { viewer, variables: { input: { model: await idOf(name), ...input } } })).updateModel;
  const updated = async (name: string, input: object, viewer = lab) => {
    const { model, userErrors } = await run(name, input, viewer);
    expect(userErrors).toEqual([]);
    return model;
  };
  const refused = async (name: string, input: object, viewer = lab): Promise<string[]> => {
    const before = await revisions();
    const { model, revision, userErrors } = await run(name, input, viewer);
    expect({ model, revision }).toEqual({ model: null, revision: null });
    expect(await revisions()).toEqual(before);
    return (userErrors as { code: string; path: string[] }[]).map(({ code, path }) => `${code} ${path.join(".")}`).sort();
  };
  const revisions = async () =>
    (await database.dataSource.query(`SELECT last_revision AS "all", public_revision AS "public" FROM ledger`))[0];
  const register = async (input: object, viewer = lab) =>
    (await joined.data(REFERENCE, { viewer, variables: { input: { domain: "vision", ...input } } })).registerReference;
  const board = async (viewer: Viewer = null) =>
    await joined.data(
      `{ standings(domain: "vision") { populationSize revision leaderboard(benchmark: "leaf-a") { nodes { rank model { name } } } }
           model(domain: "vision", name: "public") { score(benchmark: "leaf-a") { rank statistics { count } } } }`,
      { viewer },
    );

  it("leaves what is absent as it is, and writes nothing where nothing changes", async () => {
    const before = await revisions();
    const same = { competition: "cosyne2022", layers: [{ region: "V1", layer: "conv1" }], isPublic: false, reference: "Cited2020" };
    for (const input of [{}, { metadata: {} }, same])
      expect(await updated("draft", input)).toEqual({
        name: "draft",
        isPublic: false,
        competition: "cosyne2022",
        group: null,
        visualDegrees: 8,
        contributor: { displayName: "The Lab" },
        reference: { key: "Cited2020" },
        layers: [{ region: "V1", layer: "conv1" }],
        metadata: { architecture: "cnn", parameterCount: null, notes: "x" },
      });
    expect(await revisions()).toEqual(before);
  });

  it("changes what is given, and clears what is null", async () => {
    expect(await updated("draft", { group: "A", metadata: { parameterCount: 5, notes: null } })).toMatchObject({
      group: "A",
      competition: "cosyne2022",
      metadata: { architecture: "cnn", parameterCount: 5, notes: null },
    });
    expect(await updated("draft", { competition: null, visualDegrees: null, layers: null, reference: null })).toMatchObject({
      competition: null,
      visualDegrees: null,
      layers: [],
      reference: null,
      metadata: { architecture: "cnn" },
    });
    expect(await updated("draft", { metadata: null })).toMatchObject({ metadata: { architecture: null, parameterCount: null } });
    expect(await refused("draft", { isPublic: null })).toEqual(["INVALID isPublic"]);
  });

  it("tells all faults at once", async () => {
    expect(
      await refused("draft", { visualDegrees: -1, reference: "Nobody", owner: "x", metadata: { layerCount: -1 }, isPublic: null }),
    ).toEqual(["INVALID isPublic", "INVALID metadata.layerCount", "INVALID visualDegrees", "NOT_ALLOWED owner", "NOT_FOUND reference"]);
    expect(await refused("draft", { owner: null })).toEqual(["NOT_ALLOWED owner"]);
  });

  it("§10: is refused for what is seen and not owned, and for what is hidden as for what is not there", async () => {
    expect(await refused("public", { group: "A" })).toEqual(["NOT_ALLOWED model"]);
    const hidden = await run("hidden", { group: "A" });
    const { updateModel: unknown } = await joined.data(UPDATE, { viewer: lab, variables: { input: { model: "model_x", group: "A" } } });
    expect([hidden, unknown].map(({ userErrors: [{ code, path }] }) => [code, path])).toEqual(Array(2).fill(["NOT_FOUND", ["model"]]));
    expect(hidden.userErrors[0].message.replace(await idOf("hidden"), "model_x")).toBe(unknown.userErrors[0].message);
    expect(await refused("draft", { group: "A" }, null)).toEqual(["NOT_ALLOWED "]);
    expect(await updated("hidden", { group: "A" }, admin)).toMatchObject({ group: "A" });
  });

  it("§9, §10: publishing a model is one fact, with which all of its scores are known", async () => {
    const before = await board();
    expect(before.standings.leaderboard.nodes).toEqual([{ rank: 1, model: { name: "public" } }]);
    const facts = await revisions();
    await updated("draft", { group: "unseen" });
    expect(await board()).toEqual(before);
    await updated("draft", { isPublic: true });
    expect(await revisions()).toEqual({ all: facts.all + 2, public: facts.public + 1 });
    const after = await board();
    expect(after.standings).toMatchObject({ populationSize: 2, revision: String(facts.public + 1) });
    expect(after.standings.leaderboard.nodes).toEqual([
      { rank: 1, model: { name: "draft" } },
      { rank: 2, model: { name: "public" } },
    ]);
    expect(after.model.score).toEqual({ rank: 2, statistics: { count: 2 } });
    await updated("draft", { isPublic: false });
    const again = await board();
    expect({ ...again.standings, revision: before.standings.revision }).toEqual(before.standings);
    expect(again.standings.revision).toBe(String(facts.public + 2));
  });

  it("§10: publishing onto a taken name is a conflict; a stranger's private model is none", async () => {
    await seed(database.dataSource)
      .domain("vision")
      .model("public", { owner: "lab", isPublic: false })
      .model("hidden", { owner: "lab", isPublic: false })
      .write();
    const own = async (name: string) =>
      (await database.dataSource.query(`SELECT id FROM model WHERE name = $1 AND owner_pk = $2`, [name, lab!.accountPk]))[0].id as string;
    const publish = async (name: string) =>
      (await joined.data(UPDATE, { viewer: lab, variables: { input: { model: await own(name), isPublic: true } } })).updateModel.userErrors;
    expect(await publish("public")).toMatchObject([{ code: "CONFLICT", path: ["isPublic"] }]);
    expect(await publish("hidden")).toEqual([]);
  });

  it("§10: a model that is in a release stays public", async () => {
    await joined.data(`mutation { createRelease(input: { domain: "vision", name: "first" }) { userErrors { code } } }`, { viewer: admin });
    expect(await refused("public", { isPublic: false }, rival)).toEqual(["CONFLICT isPublic"]);
    expect(await refused("public", { isPublic: false }, admin)).toEqual(["CONFLICT isPublic"]);
    await updated("draft", { isPublic: true });
    await updated("draft", { isPublic: false });
  });

  it("lets admins give a model to another account, unless that has one of the name", async () => {
    const account = async (key: string) =>
      (await database.dataSource.query(`SELECT id, contributor_id FROM account WHERE key = $1`, [key]))[0];
    expect(await refused("draft", { owner: (await account("rival")).contributor_id })).toEqual(["NOT_ALLOWED owner"]);
    const given = await updated("draft", { owner: (await account("admin")).id }, admin);
    expect(given).toMatchObject({ contributor: { displayName: "admin" } });
    expect(await refused("draft", { group: "A" })).toEqual(["NOT_FOUND model"]);
    // The name is the lab's again, and the first id stays with the model that was given away.
    const { registerModel } = await joined.data(
      `mutation { registerModel(input: { domain: "vision", name: "draft" }) { model { id } userErrors { code } } }`,
      { viewer: lab },
    );
    expect(registerModel.userErrors).toEqual([]);
    const back = { model: registerModel.model.id, owner: (await account("admin")).contributor_id };
    const { updateModel } = await joined.data(UPDATE, { viewer: admin, variables: { input: back } });
    expect(updateModel.userErrors).toMatchObject([{ code: "CONFLICT", path: ["owner"] }]);
    expect(await updated("public", { owner: null }, admin)).toMatchObject({ contributor: null });
  });

  describe("§10: the reference of what becomes public", () => {
    const find = async (key: string, viewer: Viewer = null) =>
      (await joined.data(`query ($key: String!) { reference(domain: "vision", key: $key) { id title } }`, { viewer, variables: { key } }))
        .reference;

    it("is one that everybody sees from then on, until nothing public cites it", async () => {
      await register({ bibtex: bibtex("Own2024", "Mine") });
      await updated("draft", { reference: "Own2024" });
      expect([await find("Own2024"), (await find("Own2024", lab)).title]).toEqual([null, "Mine"]);
      await updated("draft", { isPublic: true });
      expect((await find("Own2024")).title).toBe("Mine");
      await updated("draft", { isPublic: false });
      expect([await find("Own2024"), await find("Own2024", rival), (await find("Own2024", lab)).title]).toEqual([null, null, "Mine"]);
    });

    it("gives way to the same work that everybody sees already", async () => {
      await register({ bibtex: bibtex("Mine2024", "One work") });
      await register({ bibtex: bibtex("Theirs2024", "One work") }, rival);
      await updated("public", { reference: "Theirs2024" }, rival);
      expect(await updated("draft", { reference: "Mine2024" })).toMatchObject({ reference: { key: "Mine2024" } });
      expect(await updated("draft", { isPublic: true })).toMatchObject({ reference: { key: "Theirs2024" } });
    });

    it("conflicts with another work of its key that everybody sees, and can take another key", async () => {
      await register({ bibtex: bibtex("Doe2024", "One work") });
      await updated("draft", { reference: "Doe2024" });
      await register({ bibtex: bibtex("Doe2024", "Another work") }, rival);
      await updated("public", { reference: "Doe2024" }, rival);
      expect((await find("Doe2024", lab)).title).toBe("One work");
      expect(await refused("draft", { isPublic: true })).toEqual(["CONFLICT reference"]);
      expect(await register({ bibtex: bibtex("x", "One work"), key: "Doe2024b" })).toMatchObject({
        reference: { key: "Doe2024b" },
        isNew: false,
      });
      expect(await updated("draft", { isPublic: true })).toMatchObject({ reference: { key: "Doe2024b" } });
    });
  });
});
