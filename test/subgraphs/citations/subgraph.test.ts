import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { graphql } from "graphql";
import { Client } from "pg";
import { readBoard } from "../../../src/board/read-facts";
import { View } from "../../../src/board/view";
import type { Viewer } from "../../../src/board/viewer";
import { Context } from "../../../src/federation/context";
import { standalone } from "../../../src/federation/standalone";
import { buildSubgraph } from "../../../src/federation/subgraph";
import { citations } from "../../../src/subgraphs/citations/subgraph";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";

let database: TestDatabase;
let joined: Joined;
let owner: Viewer;
const admin: Viewer = { accountPk: -1, isAdmin: true };
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource)
    .domain("vision", { references: ["Schrimpf2020", "Unregistered", "Majaj2015"] })
    .reference("Uncited2000")
    .reference("Marques2021", { doi: "10.1101/2021.03", url: "https://example.org/marques" })
    .reference("Schrimpf2020")
    .reference("Majaj2015", { url: "https://doi.org/10.1523/x" })
    .reference("kar2019", { doi: "10.1038/s41593" })
    .reference("Kar2019b", { doi: "10.1038/other", work: "10.1038/s41593" })
    .reference("Hidden2022", { doi: "10.1000/hidden", url: "https://example.org/hidden" })
    .reference("He2015")
    .tree(
      `
       average_vision
         V1               reference Marques2021
           leaf-a         reference kar2019
           leaf-b         reference Kar2019b
           leaf-c         reference Majaj2015, invisible
         IT
           leaf-d         reference Schrimpf2020`,
    )
    .model("resnet", { reference: "He2015" })
    .model("secret", { isPublic: false, owner: "lab", reference: "Hidden2022" })
    .account("other")
    .score("resnet", "leaf-a", 0.5)
    .score("resnet", "leaf-b", { failed: true })
    .score("secret", "leaf-d", 0.5)
    .domain("language")
    .reference("Marques2021", { title: "Another work", bibtex: "@misc{Marques2021, title={Another work}}" })
    .tree(`average_language   reference Marques2021`)
    .write();
  const rows: { slug: string; key: string; id: string }[] = await dataSource.query(
    "SELECT slug, key, reference.id FROM reference JOIN domain ON domain.pk = domain_pk",
  );
  for (const { slug, key, id } of rows) ids[slug === "vision" ? key : `${slug} ${key}`] = id;
  const [{ pk }] = await dataSource.query("SELECT pk FROM account WHERE key = 'lab'");
  owner = { accountPk: pk, isAdmin: false };
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

/** The codes and messages of an answer's errors. */
async function faults(query: string, viewer: Viewer = null): Promise<string[]> {
  const { errors = [] } = await joined.ask(query, { viewer });
  return errors.map(({ extensions, message }) => `${extensions.code}: ${message}`);
}

describe("reference", () => {
  it.each([
    ['key: "Marques2021"', "Marques2021"],
    ['doi: "https://doi.org/10.1101/2021.03"', "Marques2021"],
    ['doi: "10.1038/S41593"', "kar2019"],
    ['url: "https://example.org/marques"', "Marques2021"],
    ['url: "https://doi.org/10.1101/2021.03"', "Marques2021"],
    ['url: "https://doi.org/10.1523/x"', "Majaj2015"],
  ])("finds a work by %s", async (by, key) => {
    const { reference } = await joined.data(`{ reference(domain: "vision", ${by}) { id key } }`);
    expect(reference).toEqual({ id: ids[key], key });
  });

  it.each(['key: "marques2021"', 'key: "Unregistered"', 'doi: "10.9999/1"', 'doi: "nonsense"', 'url: "https://example.org/no"'])(
    "is null where nothing has %s",
    async (by) => {
      expect(await joined.data(`{ reference(domain: "vision", ${by}) { id } }`)).toEqual({ reference: null });
    },
  );

  it("is null in an unknown domain", async () => {
    expect(await joined.data(`{ reference(domain: "hearing", key: "Marques2021") { id } }`)).toEqual({ reference: null });
  });

  it.each([
    ["", "none"],
    [', key: "a", doi: "10.1000/1"', "`key` and `doi`"],
    [', key: "a", doi: "10.1000/1", url: "https://example.org"', "`key` and `doi` and `url`"],
  ])("asks for exactly one name: with {%s} it says what it got", async (names, got) => {
    expect(await faults(`{ reference(domain: "vision"${names}) { id } }`)).toEqual([
      `BAD_USER_INPUT: Exactly one of \`key\`, \`doi\` and \`url\` is needed; got ${got}.`,
    ]);
  });

  it("takes null for not given", async () => {
    const { reference } = await joined.data(`{ reference(domain: "vision", key: "kar2019", doi: null) { key } }`);
    expect(reference).toEqual({ key: "kar2019" });
  });

  it("answers every field", async () => {
    const { reference } = await joined.data(`{ reference(domain: "vision", key: "Marques2021") {
      __typename id key label title authors year url doi citation apa: citation(format: APA) bibtex: citation(format: null)
      domain { slug } benchmarks { identifier } models { nodes { name } } } }`);
    const bibtex = "@misc{Marques2021, title={The work Marques2021}, author={Doe, Jane}, year={2020}}";
    expect(reference).toEqual({
      __typename: "Reference",
      id: ids.Marques2021,
      key: "Marques2021",
      label: "Doe, 2020",
      title: "The work Marques2021",
      authors: ["Doe, Jane"],
      year: 2020,
      url: "https://example.org/marques",
      doi: "10.1101/2021.03",
      citation: bibtex,
      bibtex,
      apa: "Doe, J. (2020). The work Marques2021.",
      domain: { slug: "vision" },
      benchmarks: [{ identifier: "V1" }],
      models: { nodes: [] },
    });
  });
});

describe("references", () => {
  const list = async (rest = "", viewer: Viewer = null) => {
    const { references } = await joined.data(
      `{ references(domain: "vision"${rest}) { totalCount nodes { key } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
      { viewer },
    );
    return { ...references, keys: references.nodes.map(({ key }: { key: string }) => key) };
  };
  const PUBLIC = ["He2015", "Kar2019b", "Majaj2015", "Marques2021", "Schrimpf2020", "kar2019"];

  it("lists what is cited by key, in code point order", async () => {
    expect(await list()).toMatchObject({ keys: PUBLIC, totalCount: 6, pageInfo: { hasNextPage: false, hasPreviousPage: false } });
  });

  it("pages forward without gaps", async () => {
    const first = await list(", first: 4");
    expect(first).toMatchObject({ keys: PUBLIC.slice(0, 4), totalCount: 6, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await list(`, first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(second).toMatchObject({ keys: PUBLIC.slice(4), totalCount: 6, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    const third = await list(`, after: "${second.pageInfo.endCursor}"`);
    expect(third).toMatchObject({ keys: [], totalCount: 6, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect(await list(", first: 0")).toMatchObject({ keys: [], totalCount: 6, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  });

  it("filters by keys and DOIs, both where both are given", async () => {
    expect((await list(', keys: ["kar2019", "Schrimpf2020", "No"]')).keys).toEqual(["Schrimpf2020", "kar2019"]);
    expect((await list(', dois: ["https://doi.org/10.1038/S41593", "nonsense"]')).keys).toEqual(["kar2019"]);
    expect((await list(', keys: ["kar2019"], dois: ["10.1101/2021.03"]')).keys).toEqual([]);
    expect(await list(", keys: []")).toMatchObject({ keys: [], totalCount: 0 });
  });

  it("refuses a cursor of another filter", async () => {
    const { edges } = await list(', keys: ["kar2019"]');
    expect(await faults(`{ references(domain: "vision", after: "${edges[0].cursor}") { totalCount } }`)).toEqual([
      expect.stringMatching(/^INVALID_CURSOR: `after`/),
    ]);
  });

  it("refuses an unknown domain, too many keys and too large a page", async () => {
    const keys = JSON.stringify(Array.from({ length: 501 }, (_, index) => `k${index}`));
    expect(await faults(`{ references(domain: "hearing") { totalCount } }`)).toEqual(['NOT_FOUND: There is no domain "hearing".']);
    expect(await faults(`{ references(domain: "vision", keys: ${keys}) { totalCount } }`)).toEqual([
      "BAD_USER_INPUT: `keys` takes at most 500 entries; got 501.",
    ]);
    expect(await faults(`{ references(domain: "vision", first: 101) { totalCount } }`)).toEqual([
      "BAD_USER_INPUT: `first` must be from 0 to 100; got 101.",
    ]);
  });
});

describe("who sees a reference (§10)", () => {
  const everyWay = async (key: string, viewer: Viewer) => {
    const id = ids[key];
    const { data, errors } = await joined.ask(
      `query ($id: ID!, $key: String!) {
        node(id: $id) { id } reference(domain: "vision", key: $key) { id }
        byDoi: reference(domain: "vision", doi: "10.1000/hidden") { id }
        references(domain: "vision", keys: [$key]) { totalCount nodes { id } } text: bibliography(references: [$id])
      }`,
      { viewer, variables: { id, key } },
    );
    return { data: JSON.parse(JSON.stringify(data)), codes: errors?.map(({ extensions }) => extensions.code) };
  };
  const count = async (viewer: Viewer) => (await joined.data(`{ references(domain: "vision") { totalCount } }`, { viewer })).references;

  it("hides what only a private model cites from everybody but its owner and admins", async () => {
    for (const viewer of [null, { accountPk: owner!.accountPk + 1, isAdmin: false }]) {
      const { errors } = await joined.ask(`{ bibliography(references: ["${ids.kar2019}", "${ids.Hidden2022}"]) }`, { viewer });
      expect(errors?.[0]).toMatchObject({
        message: `\`references[1]\`: there is no reference "${ids.Hidden2022}".`,
        path: ["bibliography"],
        extensions: { code: "NOT_FOUND" },
      });
      expect(await everyWay("Hidden2022", viewer)).toEqual({ data: null, codes: ["NOT_FOUND"] });
      const query = `{ node(id: "${ids.Hidden2022}") { id } reference(domain: "vision", doi: "10.1000/hidden") { id } }`;
      expect(await joined.data(query, { viewer })).toEqual({ node: null, reference: null });
      expect(await count(viewer)).toEqual({ totalCount: 6 });
    }
  });

  it("shows it to its owner and to admins", async () => {
    const id = ids.Hidden2022;
    for (const [viewer, totalCount] of [
      [owner, 7],
      [admin, 8],
    ] as const) {
      const { data } = await everyWay("Hidden2022", viewer);
      expect(data).toMatchObject({ node: { id }, reference: { id }, byDoi: { id }, references: { totalCount: 1, nodes: [{ id }] } });
      expect(data.text).toContain("@misc{Hidden2022,");
      expect(await count(viewer)).toEqual({ totalCount });
    }
  });

  it("hides what nothing cites from everybody but admins", async () => {
    for (const viewer of [null, owner]) expect(await everyWay("Uncited2000", viewer)).toEqual({ data: null, codes: ["NOT_FOUND"] });
    expect((await everyWay("Uncited2000", admin)).codes).toBeUndefined();
  });
});

describe("who cites what", () => {
  it("lists what the domain asks to cite, in its order", async () => {
    const { domain } = await joined.data(`{ domain(slug: "vision") { references { key } } }`);
    expect(domain.references).toEqual([{ key: "Schrimpf2020" }, { key: "Majaj2015" }]);
  });

  it("gives a benchmark's reference, and null where there is none", async () => {
    const reference = (identifier: string) =>
      joined.data(`{ benchmark(domain: "vision", identifier: "${identifier}") { reference { key } } }`);
    expect(await reference("leaf-a")).toEqual({ benchmark: { reference: { key: "kar2019" } } });
    expect(await reference("leaf-c")).toEqual({ benchmark: { reference: { key: "Majaj2015" } } });
    expect(await reference("IT")).toEqual({ benchmark: { reference: null } });
  });

  it("gives a model's reference to those who see the model", async () => {
    const ask = (name: string, viewer: Viewer = null) =>
      joined.data(`{ model(domain: "vision", name: "${name}") { reference { key } } }`, { viewer });
    expect(await ask("resnet")).toEqual({ model: { reference: { key: "He2015" } } });
    expect(await ask("secret")).toEqual({ model: null });
    expect(await ask("secret", owner)).toEqual({ model: { reference: { key: "Hidden2022" } } });
  });

  it("writes the bibliography of a model: scored and failed benchmarks, tree order, each work once", async () => {
    const { model } = await joined.data(`{ model(domain: "vision", name: "resnet") { bibliography apa: bibliography(format: APA) } }`);
    expect(model.bibliography.match(/@misc\{\w+/g)).toEqual(["@misc{Marques2021", "@misc{kar2019"]);
    expect(model.apa.split("\n")).toHaveLength(2);
  });
});

describe("bibliography", () => {
  const bibliography = async (keys: string[], format = "BIBTEX") => {
    const variables = { ids: keys.map((key) => ids[key]) };
    const answer = await joined.data(`query ($ids: [ID!]!) { bibliography(references: $ids, format: ${format}) }`, { variables });
    return answer.bibliography as string;
  };

  it("keeps the order given, each work once", async () => {
    const text = await bibliography(["Schrimpf2020", "Kar2019b", "kar2019", "Schrimpf2020", "He2015"]);
    expect(text.match(/@misc\{\w+/g)).toEqual(["@misc{Schrimpf2020", "@misc{Kar2019b", "@misc{He2015"]);
  });

  it("tells works of two domains under one key apart", async () => {
    const items = JSON.parse(await bibliography(["Marques2021", "language Marques2021"], "CSL_JSON"));
    expect(items.map(({ id }: { id: string }) => id)).toEqual(["Marques2021a", "Marques2021b"]);
  });

  it("is empty for no ids, and refuses more than 500", async () => {
    expect(await bibliography([])).toBe("");
    const many = JSON.stringify(Array.from({ length: 501 }, () => ids.He2015));
    expect(await faults(`{ bibliography(references: ${many}) }`)).toEqual([
      "BAD_USER_INPUT: `references` takes at most 500 entries; got 501.",
    ]);
  });

  it("names the place of an unknown id", async () => {
    expect(await faults(`{ bibliography(references: ["${ids.He2015}", "reference_x"]) }`)).toEqual([
      'NOT_FOUND: `references[1]`: there is no reference "reference_x".',
    ]);
  });
});

describe("statements", () => {
  it("reads all references of a request in one statement at most", async () => {
    const query = jest.spyOn(Client.prototype, "query");
    const { benchmarks, domain } = await joined.data(
      `{ benchmarks(domain: "vision") { nodes { reference { label citation } } } domain(slug: "vision") { references { key } } }`,
    );
    const statements = query.mock.calls.length;
    query.mockRestore();
    expect(benchmarks.nodes).toHaveLength(6);
    expect(domain.references).toHaveLength(2);
    expect(statements).toBeLessThanOrEqual(1);
  });
});

describe("citations served alone", () => {
  it("answers references to what others own, and takes what they claim to be cited at its own word only", async () => {
    const schema = standalone(buildSubgraph(citations));
    const board = await readBoard(database.dataSource);
    const [{ id: model }] = await database.dataSource.query("SELECT id FROM model WHERE name = 'resnet'");
    const [{ id: benchmark }] = await database.dataSource.query("SELECT id FROM benchmark WHERE identifier = 'V1'");
    const cited = [{ id: ids.Hidden2022 }, { id: ids.He2015 }, { id: "reference_x" }];
    const { data, errors } = await graphql({
      schema,
      source: `query ($of: [_Any!]!) { _entities(representations: $of) {
        ... on Model { bibliography reference { key } } ... on Benchmark { reference { key } } ... on Reference { key } } }`,
      variableValues: {
        of: [
          { __typename: "Model", id: model, citedReferences: cited },
          { __typename: "Benchmark", id: benchmark },
          { __typename: "Benchmark", id: "benchmark_x" },
          { __typename: "Reference", id: ids.He2015 },
          { __typename: "Reference", id: ids.Hidden2022 },
        ],
      },
      contextValue: new Context({ view: new View(board, null), dataSource: database.dataSource, baseUrl: "" }),
    });
    expect(errors).toBeUndefined();
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      _entities: [
        { bibliography: expect.stringMatching(/^@misc\{He2015,[^@]*$/), reference: { key: "He2015" } },
        { reference: { key: "Marques2021" } },
        { reference: null },
        { key: "He2015" },
        null,
      ],
    });
  });
});
