import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import type { Viewer } from "../../../src/board/viewer";
import { viewerOf } from "../../support/viewer-of";

const REGISTER = `mutation ($input: RegisterModelInput!) {
  registerModel(input: $input) {
    model {
      name isPublic submittedAt competition group visualDegrees domain { slug } contributor { displayName } reference { key }
      layers { region layer }
      metadata { architecture family parameterCount layerCount sizeMegabytes isRunnable sourceUrl notes }
    }
    revision
    userErrors { code path message }
  }
}`;

describe("registerModel", () => {
  let database: TestDatabase;
  let joined: Joined;
  let lab: Viewer;
  let rival: Viewer;
  let admin: Viewer;

  beforeAll(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource)
      .domain("vision")
      .reference("Cited2020")
      .reference("Uncited2020")
      .reference("Theirs2020")
      .tree("average_vision\n  leaf-a reference Cited2020")
      .account("lab", { display_name: "The Lab" })
      .account("rival")
      .account("admin")
      .model("taken", { owner: "rival" })
      .model("secret", { owner: "rival", isPublic: false, reference: "Theirs2020" })
      .model("mine", { owner: "lab", isPublic: false })
      .write();
    joined = await openJoined(database);
    lab = await viewerOf(database.dataSource, "lab");
    rival = await viewerOf(database.dataSource, "rival");
    admin = { ...(await viewerOf(database.dataSource, "admin"))!, isAdmin: true };
  });
  afterAll(() => database.drop());

  const register = async (input: object, viewer = lab) => {
    const { registerModel } = await joined.data(REGISTER, { viewer, variables: { input: { domain: "vision", ...input } } });
    return registerModel;
  };
  const refused = async (input: object, viewer = lab) => {
    const { model, revision, userErrors } = await register(input, viewer);
    expect({ model, revision }).toEqual({ model: null, revision: null });
    return (userErrors as { code: string; path: string[] }[]).map(({ code, path }) => `${code} ${path.join(".")}`);
  };
  const count = async () => (await database.dataSource.query(`SELECT count(*)::int AS n FROM model`))[0].n;

  it("needs nothing but a name: the model is the asker's, not public, and of this instant", async () => {
    const before = Date.now();
    const { model, revision, userErrors } = await register({ name: "plain" });
    expect(userErrors).toEqual([]);
    expect(revision).toEqual(expect.any(String));
    expect(model).toMatchObject({ name: "plain", isPublic: false, contributor: { displayName: "The Lab" }, reference: null, layers: [] });
    expect(Date.parse(model.submittedAt)).toBeGreaterThanOrEqual(before);
  });

  it("keeps everything that is said of it", async () => {
    const { model } = await register({
      name: "full",
      isPublic: true,
      reference: "Cited2020",
      competition: "cosyne2022",
      group: "",
      visualDegrees: 8,
      layers: [
        { region: "IT", layer: "layer4" },
        { region: "V1", layer: "conv1" },
      ],
      metadata: {
        architecture: "transformer",
        parameterCount: 1e9,
        layerCount: 12,
        sizeMegabytes: 0.5,
        isRunnable: false,
        sourceUrl: "https://a.org/b",
      },
    });
    expect(model).toMatchObject({
      isPublic: true,
      reference: { key: "Cited2020" },
      competition: "cosyne2022",
      group: null,
      visualDegrees: 8,
      layers: [
        { region: "V1", layer: "conv1" },
        { region: "IT", layer: "layer4" },
      ],
      metadata: {
        architecture: "transformer",
        parameterCount: 1e9,
        layerCount: 12,
        isRunnable: false,
        sourceUrl: "https://a.org/b",
        notes: null,
      },
    });
  });

  it("tells all faults of an input at once, each with its place, and writes nothing", async () => {
    const before = await count();
    const faults = await refused({
      name: " edge ",
      reference: "Nobody2020",
      visualDegrees: -1,
      layers: [
        { region: "", layer: "x" },
        { region: "V1", layer: "" },
        { region: "V1", layer: "y" },
      ],
      metadata: { parameterCount: -1, layerCount: -2, sourceUrl: "https://a.org/b c" },
      owner: "contributor_x",
      submittedAt: "2020-01-01",
    });
    expect(faults.sort()).toEqual(
      [
        "INVALID layers.0.region",
        "INVALID layers.1.layer",
        "INVALID layers.2.region",
        "INVALID metadata.layerCount",
        "INVALID metadata.parameterCount",
        "INVALID metadata.sourceUrl",
        "INVALID name",
        "INVALID visualDegrees",
        "NOT_ALLOWED owner",
        "NOT_ALLOWED submittedAt",
        "NOT_FOUND reference",
      ].sort(),
    );
    expect(await count()).toBe(before);
  });

  it("refuses who has no account, an unknown domain and too many layers", async () => {
    expect(await refused({ name: "x" }, null)).toEqual(["NOT_ALLOWED "]);
    expect(await refused({ domain: "nowhere", name: "x" })).toEqual(["NOT_FOUND domain"]);
    const layers = Array.from({ length: 1001 }, (_, place) => ({ region: `R${place}`, layer: "x" }));
    expect(await refused({ name: "x", layers })).toEqual(["TOO_MANY layers"]);
  });

  it("§10: a name is unique among public models and among one account's, and nothing tells of a stranger's", async () => {
    expect(await refused({ name: "mine" })).toEqual(["CONFLICT name"]);
    expect(await refused({ name: "taken", isPublic: true })).toEqual(["CONFLICT name"]);
    expect((await register({ name: "taken" })).userErrors).toEqual([]);
    expect((await register({ name: "secret", isPublic: true })).userErrors).toEqual([]);
    expect(await refused({ name: "secret", isPublic: true }, rival)).toEqual(["CONFLICT name"]);
  });

  it("§10: a reference is one that the asker sees", async () => {
    expect(await refused({ name: "cites", reference: "Theirs2020" })).toEqual(["NOT_FOUND reference"]);
    expect(await refused({ name: "cites", reference: "Uncited2020" })).toEqual(["NOT_FOUND reference"]);
    expect((await register({ name: "cites", reference: "Theirs2020" }, rival)).userErrors).toEqual([]);
  });

  it("lets admins say whose it is and when it was submitted", async () => {
    const { node } = await joined.data(`query ($id: ID!) { node(id: $id) { ... on Model { contributor { id } } } }`, {
      variables: { id: (await joined.data(`{ model(domain: "vision", name: "full") { id } }`)).model.id },
    });
    const input = { name: "given", owner: node.contributor.id, submittedAt: "2020-01-01T00:00:00Z" };
    expect((await register(input, admin)).model).toMatchObject({
      contributor: { displayName: "The Lab" },
      submittedAt: "2020-01-01T00:00:00.000Z",
    });
    expect(await refused({ name: "given", owner: node.contributor.id }, admin)).toEqual(["CONFLICT name"]);
    expect(await refused({ name: "x", owner: "contributor_x" }, admin)).toEqual(["NOT_FOUND owner"]);
  });

  it("§9: notes who wrote it, and moves the public revision only for a public model", async () => {
    const ledger = async () => (await database.dataSource.query(`SELECT last_revision, public_revision FROM ledger`))[0];
    const before = await ledger();
    await register({ name: "quiet" });
    expect(await ledger()).toEqual({ last_revision: before.last_revision + 1, public_revision: before.public_revision });
    await register({ name: "loud", isPublic: true });
    expect(await ledger()).toEqual({ last_revision: before.last_revision + 2, public_revision: before.public_revision + 1 });
    const [append] = await database.dataSource.query(`SELECT account_pk, source FROM fact_append ORDER BY last_revision DESC LIMIT 1`);
    expect(append).toEqual({ account_pk: lab!.accountPk, source: "registerModel" });
  });
});
