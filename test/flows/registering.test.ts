import { CurrentBoard } from "../../src/board/current";
import type { Viewer } from "../../src/board/viewer";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { viewerOf } from "../support/viewer-of";

const ERRORS = "userErrors { code path message }";
const bibtex = (key: string, title: string): string => `@misc{${key}, title={${title}}, author={Doe, Jane}, year={2024}}`;

/** A domain is set up by an admin, a lab registers a model and publishes it, and strangers learn of it then and no earlier. */
describe("a lab's story, from its account to a public model", () => {
  let database: TestDatabase;
  let live: CurrentBoard;
  let joined: Joined;
  let admin: Viewer;
  let lab: Viewer;
  let rival: Viewer;

  beforeAll(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource).domain("vision").account("admin", { role: "ADMIN" }).account("lab").account("rival").write();
    live = await CurrentBoard.open(database.dataSource, { url: database.url, onError: () => undefined });
    joined = await openJoined(database, live);
    [admin, lab, rival] = await Promise.all(["admin", "lab", "rival"].map((key) => viewerOf(database.dataSource, key)));
    admin = { ...admin!, isAdmin: true };
  });
  afterAll(async () => {
    await live.close();
    await database.drop();
  });

  const mutate = async (name: string, input: object, viewer: Viewer, fields = "") => {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} ${ERRORS} } }`;
    return (await joined.data(source, { viewer, variables: { input } }))[name];
  };
  const done = async (name: string, input: object, viewer: Viewer, fields = "") => {
    const payload = await mutate(name, input, viewer, fields);
    expect(payload.userErrors).toEqual([]);
    return payload;
  };
  const refusal = async (name: string, input: object, viewer: Viewer): Promise<string[]> =>
    (await mutate(name, input, viewer)).userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.join(".")}`);

  /** All that an outsider may ask of, ids included. */
  const outside = (viewer: Viewer = null) =>
    joined.ask(
      `{ domain(slug: "vision") { modelCount benchmarkCount roots { id identifier } references { key } }
         models(domain: "vision") { totalCount nodes { id name contributor { displayName } } }
         references(domain: "vision") { totalCount nodes { id key title } }
         model(domain: "vision", name: "net") { id }
         mine: reference(domain: "vision", key: "Doe2024") { id title }
         standings(domain: "vision") { revision populationSize leaderboard { totalCount } } }`,
      { viewer },
    );

  it("begins with a tree that an admin registers", async () => {
    await done("registerReference", { domain: "vision", bibtex: bibtex("Data2020", "The data") }, admin);
    await done("registerBenchmark", { domain: "vision", identifier: "average" }, admin);
    await done("registerBenchmark", { domain: "vision", identifier: "V1", parent: "average" }, admin);
    const leaf = { domain: "vision", identifier: "leaf-a", parent: "V1", reference: "Data2020", version: { number: 1, ceiling: 0.9 } };
    const { benchmark, revision } = await done("registerBenchmark", leaf, admin, "revision benchmark { ancestors { identifier } }");
    expect(benchmark.ancestors.map(({ identifier }: { identifier: string }) => identifier)).toEqual(["average", "V1"]);
    expect(revision).toBe(String(live.revision));
    const { data } = (await outside()) as { data: { references: unknown } };
    expect(data.references).toMatchObject({ totalCount: 1, nodes: [{ key: "Data2020" }] });
  });

  it("§10: goes on with what the lab keeps to itself, of which nobody else learns anything", async () => {
    const before = await Promise.all([outside(), outside(rival)]);
    const { reference } = await done(
      "registerReference",
      { domain: "vision", bibtex: bibtex("Doe2024", "The net") },
      lab,
      "reference { id }",
    );
    const { model, revision } = await done(
      "registerModel",
      { domain: "vision", name: "net", reference: "Doe2024", layers: [{ region: "V1", layer: "conv1" }] },
      lab,
      "revision model { id reference { id } contributor { id } }",
    );
    expect(model.reference.id).toBe(reference.id);
    await done("updateModel", { model: model.id, group: "lab nets" }, lab);
    expect(await Promise.all([outside(), outside(rival)])).toEqual(before);
    expect(revision).toBe((before[0] as { data: { standings: { revision: string } } }).data.standings.revision);
    const byId = await joined.data(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
      viewer: rival,
      variables: { ids: [model.id, reference.id, model.contributor.id] },
    });
    expect(byId.nodes).toEqual([null, null, null]);
    // Nor by what is refused: the same name, the same key and the same work are free for others.
    expect(await refusal("updateModel", { model: model.id, group: "x" }, rival)).toEqual(["NOT_FOUND model"]);
    expect(await refusal("registerModel", { domain: "vision", name: "theirs", reference: "Doe2024" }, rival)).toEqual([
      "NOT_FOUND reference",
    ]);
    const theirs = await done(
      "registerReference",
      { domain: "vision", bibtex: bibtex("Doe2024", "The net") },
      rival,
      "isNew reference { id }",
    );
    expect([theirs.isNew, theirs.reference.id === reference.id]).toEqual([true, false]);
    await done("registerModel", { domain: "vision", name: "net", reference: "Doe2024" }, rival);
    expect(await outside()).toEqual(before[0]);
  });

  it("tells what is wrong by every code there is", async () => {
    const { model } = await joined.data(`{ model(domain: "vision", name: "net") { id } }`, { viewer: lab });
    const layers = Array.from({ length: 1001 }, (_, place) => ({ region: `R${place}`, layer: "x" }));
    expect(await refusal("updateModel", { model: model.id, isPublic: null }, lab)).toEqual(["INVALID isPublic"]);
    expect(await refusal("registerModel", { domain: "vision", name: "net" }, lab)).toEqual(["CONFLICT name"]);
    expect(await refusal("registerModel", { domain: "vision", name: "x", layers }, lab)).toEqual(["TOO_MANY layers"]);
    expect(await refusal("registerBenchmark", { domain: "vision", identifier: "x" }, lab)).toEqual(["NOT_ALLOWED "]);
    expect(await refusal("registerReference", { domain: "sound", bibtex: bibtex("a", "b") }, lab)).toEqual(["NOT_FOUND domain"]);
  });

  it("§10: ends with a model that everybody sees, with the work that it cites", async () => {
    const own = (await joined.data(`{ model(domain: "vision", name: "net") { id } }`, { viewer: lab })).model.id;
    await done("updateModel", { model: own, isPublic: true }, lab);
    const { model, reference } = await joined.data(
      `{ model(domain: "vision", name: "net") { id isPublic group layers { layer } contributor { displayName } reference { key } }
         reference(domain: "vision", key: "Doe2024") { title models { nodes { name } } } }`,
    );
    expect(model).toEqual({
      id: own,
      isPublic: true,
      group: "lab nets",
      layers: [{ layer: "conv1" }],
      contributor: { displayName: "lab" },
      reference: { key: "Doe2024" },
    });
    expect(reference).toEqual({ title: "The net", models: { nodes: [{ name: "net" }] } });
    // The rival's model of that name can stay as it is, and cannot be published.
    const theirs = (await joined.data(`{ model(domain: "vision", name: "net") { id reference { id } } }`, { viewer: rival })).model;
    expect(theirs.id).not.toBe(own);
    expect(await refusal("updateModel", { model: theirs.id, isPublic: true }, rival)).toEqual(["CONFLICT isPublic"]);
    expect(await refusal("updateModel", { model: own, group: "x" }, rival)).toEqual(["NOT_ALLOWED model"]);
    await done("createRelease", { domain: "vision", name: "2024" }, admin);
    expect(await refusal("updateModel", { model: own, isPublic: false }, lab)).toEqual(["CONFLICT isPublic"]);
  });

  it("§9: is all in the audit, what was refused is not, and revisions have no gaps", async () => {
    const rows: { source: string; key: string; first: number; last: number }[] = await database.dataSource.query(
      `SELECT source, key, first_revision AS "first", last_revision AS "last" FROM fact_append LEFT JOIN account ON account.pk = account_pk
       ORDER BY first_revision`,
    );
    expect(rows.map(({ key, source }) => `${key} ${source}`)).toEqual([
      "null seed",
      "admin registerReference",
      "admin registerBenchmark",
      "admin registerBenchmark",
      "admin registerBenchmark",
      "lab registerReference",
      "lab registerModel",
      "lab updateModel",
      "rival registerReference",
      "rival registerModel",
      "lab updateModel",
      "admin createRelease",
    ]);
    rows.slice(1).forEach(({ first }, place) => expect(first).toBe(rows[place].last + 1));
  });

  it("keeps every promise where twenty write at once", async () => {
    const name = "contested";
    const input = { domain: "vision", name, isPublic: true };
    const answers = await Promise.all(Array.from({ length: 20 }, (_, place) => mutate("registerModel", input, place % 2 ? lab : rival)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual(Array(19).fill("CONFLICT"));
  });
});
