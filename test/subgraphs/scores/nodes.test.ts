import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../../support/viewer-of";

let database: TestDatabase;
let joined: Joined;
let owner: typeof ADMIN;
/** By "kind name". */
const ids: Record<string, string> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource)
    .domain("vision")
    .reference("Leaf2020")
    .reference("Hidden2022")
    .tree("average_vision\n  leaf-a  reference Leaf2020\n  hidden  invisible")
    .model("alpha", { owner: "lab" })
    .model("secret", { isPublic: false, owner: "hidden-lab", reference: "Hidden2022" })
    .score("alpha", "leaf-a", { raw: 0.5, ceiled: 0.5, comment: "noted by the lab", submission: "first" })
    .score("secret", "leaf-a", { raw: 0.25, ceiled: 0.25, comment: "noted in secret", submission: "second" })
    .write();
  const read = async (sql: string) => {
    for (const { name, id } of await dataSource.query(sql)) ids[name] = id;
  };
  await read(`SELECT 'domain ' || slug AS name, id FROM domain`);
  await read(`SELECT 'benchmark ' || identifier AS name, id FROM benchmark`);
  await read(`SELECT 'version ' || identifier AS name, v.id FROM benchmark_version v JOIN benchmark b ON b.pk = benchmark_pk`);
  await read(`SELECT 'model ' || name AS name, id FROM model`);
  await read(`SELECT 'reference ' || key AS name, id FROM reference`);
  await read(`SELECT 'contributor ' || key AS name, contributor_id AS id FROM account`);
  await read(`SELECT 'account ' || key AS name, id FROM account`);
  await read(`SELECT 'submission ' || key AS name, id FROM submission`);
  await read(`SELECT 'observation ' || name AS name, o.id FROM observation o JOIN model m ON m.pk = model_pk`);
  owner = await viewerOf(dataSource, "hidden-lab");
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const SELECTION = `__typename id ... on Domain { slug } ... on Benchmark { identifier } ... on BenchmarkVersion { number benchmark { identifier } }
  ... on Model { name } ... on Reference { key } ... on Contributor { displayName } ... on Observation { raw }`;
const nodes = async (list: string[], viewer = null as typeof ADMIN) =>
  (await joined.data(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${SELECTION} } }`, { viewer, variables: { ids: list } })).nodes;
const node = async (id: string, viewer = null as typeof ADMIN) =>
  (await joined.data(`query ($id: ID!) { node(id: $id) { ${SELECTION} } }`, { viewer, variables: { id } })).node;

const PUBLIC = {
  "domain vision": { __typename: "Domain", slug: "vision" },
  "benchmark leaf-a": { __typename: "Benchmark", identifier: "leaf-a" },
  "benchmark hidden": { __typename: "Benchmark", identifier: "hidden" },
  "version leaf-a": { __typename: "BenchmarkVersion", number: 1, benchmark: { identifier: "leaf-a" } },
  "model alpha": { __typename: "Model", name: "alpha" },
  "reference Leaf2020": { __typename: "Reference", key: "Leaf2020" },
  "contributor lab": { __typename: "Contributor", displayName: "lab" },
  "observation alpha": { __typename: "Observation", raw: 0.5 },
};
const HIDDEN = {
  "model secret": { __typename: "Model", name: "secret" },
  "reference Hidden2022": { __typename: "Reference", key: "Hidden2022" },
  "contributor hidden-lab": { __typename: "Contributor", displayName: "hidden-lab" },
  "observation secret": { __typename: "Observation", raw: 0.25 },
};

describe("node", () => {
  it.each(Object.entries(PUBLIC))("finds %s by its id", async (name, content) => {
    expect(await node(ids[name])).toEqual({ id: ids[name], ...content });
  });

  it.each(Object.entries(HIDDEN))(
    "shows %s to its owner and admins, and answers others as if it were not there (§10)",
    async (name, content) => {
      for (const viewer of [null, STRANGER]) expect(await node(ids[name], viewer)).toBeNull();
      for (const viewer of [owner, ADMIN]) expect(await node(ids[name], viewer)).toEqual({ id: ids[name], ...content });
    },
  );

  it("is null for what has an id but is no node", async () => {
    for (const viewer of [null, ADMIN]) expect(await nodes([ids["account lab"], ids["submission first"]], viewer)).toEqual([null, null]);
  });

  it("is null for unknown, malformed and odd ids", async () => {
    const unknown = Object.values(ids).map((id) => id.slice(0, -22) + "A".repeat(22));
    const odd = [
      "",
      "_",
      "model",
      "model_",
      "toString_" + "A".repeat(22),
      "__proto___" + "A".repeat(22),
      "😀".repeat(20),
      "x".repeat(10_000),
    ];
    const forged = ["domain", "model", "observation", "contributor", "reference", "release", "benchmark-version"].flatMap((kind) => [
      `${kind}_${"\0".repeat(22)}`,
      `${kind}_${"'; --".padEnd(22)}`,
      `${kind}_${"\ud800".repeat(22)}`,
    ]);
    for (const id of [...unknown, ...odd, ...forged]) expect([id, await node(id, ADMIN)]).toEqual([id, null]);
  });

  it("takes no id of one kind under the name of another", async () => {
    expect(await node(ids["model alpha"].replace("model", "observation"))).toBeNull();
    expect(await node(ids["contributor lab"].replace("contributor", "account"), ADMIN)).toBeNull();
  });
});

describe("nodes", () => {
  it("come in the order asked, null where nothing is, as often as asked", async () => {
    const list = [ids["model alpha"], "none", ids["observation alpha"], ids["model secret"], ids["model alpha"]];
    expect((await nodes(list)).map((found: { id: string } | null) => found?.id ?? null)).toEqual([list[0], null, list[2], null, list[0]]);
    expect(await nodes([])).toEqual([]);
  });

  it("are 100 at most", async () => {
    const many = (count: number) => JSON.stringify(Array.from({ length: count }, () => ids["model alpha"]));
    expect(await faultsOf(joined, `{ nodes(ids: ${many(101)}) { id } }`)).toEqual([
      "BAD_USER_INPUT at nodes: `ids` takes at most 100 entries; got 101.",
    ]);
    expect(await faultsOf(joined, `{ nodes(ids: ${many(100)}) { id } }`)).toEqual([]);
  });
});

describe("an observation (§10)", () => {
  const observed = async (name: string, viewer = null as typeof ADMIN) => {
    const query = `query ($id: ID!) { node(id: $id) { ... on Observation { comment submission { key contributor { displayName } } } } }`;
    return (await joined.data(query, { viewer, variables: { id: ids[`observation ${name}`] } })).node;
  };

  it("of a public model shows comment and submission to the owner and admins only", async () => {
    for (const viewer of [null, STRANGER, owner]) expect(await observed("alpha", viewer)).toEqual({ comment: null, submission: null });
    const all = { comment: "noted by the lab", submission: { key: "first", contributor: { displayName: "lab" } } };
    expect(await observed("alpha", await viewerOf(database.dataSource, "lab"))).toEqual(all);
    expect(await observed("alpha", ADMIN)).toEqual(all);
  });

  it("keeps them in cells, histories and lists too", async () => {
    const query = `{ model(domain: "vision", name: "alpha") { score(benchmark: "leaf-a") { observation { raw comment submission { key } } history { comment submission { key } } } } }`;
    const { score } = (await joined.data(query, { viewer: STRANGER })).model;
    expect(score).toEqual({ observation: { raw: 0.5, comment: null, submission: null }, history: [{ comment: null, submission: null }] });
    const own = (await joined.data(query, { viewer: await viewerOf(database.dataSource, "lab") })).model.score;
    expect(own.history).toEqual([{ comment: "noted by the lab", submission: { key: "first" } }]);
  });
});
