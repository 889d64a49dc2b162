import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { graphql, isObjectType } from "graphql";
import { readBoard } from "../../src/board/read-facts";
import type { Board } from "../../src/board/board";
import { View } from "../../src/board/view";
import { Context } from "../../src/federation/context";
import { isExternal, requirement } from "../../src/federation/requirement";
import { standalone } from "../../src/federation/standalone";
import { buildSubgraph } from "../../src/federation/subgraph";
import { SUBGRAPHS } from "../../src/server/subgraphs";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../support/viewer-of";

const SCHEMAS = SUBGRAPHS.map((subgraph) => ({ name: subgraph.name, schema: standalone(buildSubgraph(subgraph)) }));

let database: TestDatabase;
/** What processes hold: all facts, or those without `scores` the catalog alone. */
const HOLDINGS = { "all facts": true, "the catalog alone": false };
type Holding = keyof typeof HOLDINGS;
let boards: Record<Holding, Board>;
let holding: Holding = "all facts";
/** By GraphQL name: what only the owner "lab" and admins may see. */
const hidden: Record<string, string> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource)
    .domain("vision")
    .reference("Hidden2022")
    .tree("average_vision")
    .model("public one")
    .model("secret", { isPublic: false, owner: "lab", reference: "Hidden2022" })
    .score("secret", "average_vision", { raw: 0.5, ceiled: 0.5, comment: "noted", submission: "first" })
    .write();
  await giveKey(dataSource, "lab");
  for (const [type, sql] of Object.entries({
    Model: "SELECT id FROM model WHERE name = 'secret'",
    Reference: "SELECT id FROM reference",
    Contributor: "SELECT contributor_id AS id FROM account",
    Account: "SELECT id FROM account",
    Submission: "SELECT id FROM submission",
    Observation: "SELECT id FROM observation",
    ApiKey: "SELECT id FROM api_key",
  }))
    hidden[type] = (await dataSource.query(sql))[0].id;
  boards = { "all facts": await readBoard(dataSource), "the catalog alone": await readBoard(dataSource, { holdsModels: false }) };
});
afterAll(() => database?.drop());

/** Everything but its id that a subgraph tells of a thing, as far as it goes without arguments and objects within; null if it is not there. */
async function told(subgraph: string, type: string, representation: object, viewer: typeof ADMIN): Promise<object | null> {
  const board = boards[subgraph === "scores" ? "all facts" : holding];
  const { schema } = SCHEMAS.find(({ name }) => name === subgraph)!;
  const definition = schema.getType(type);
  const fields = (isObjectType(definition) ? Object.values(definition.getFields()) : []).filter(
    (field) => requirement(field) === null && !isExternal(field),
  );
  const plain = fields.filter(({ name, type: of }) => name !== "id" && /^(String|Int|Float|Boolean|DateTime)!?$/.test(String(of)));
  const lists = fields
    .filter(({ type: of }) => /Connection!$/.test(String(of)))
    .map(({ name }) => `${name} { totalCount${subgraph === "models" ? " nodes { name contributor { id } domain { slug } }" : ""} }`);
  const pointers = fields.filter(({ type: of }) => /^(Reference|Contributor)$/.test(String(of))).map(({ name }) => `${name} { id }`);
  const selection = ["__typename", ...plain.map(({ name }) => name), ...lists, ...pointers].join(" ");
  const { data, errors } = await graphql({
    schema,
    source: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`,
    variableValues: { of: [{ __typename: type, ...representation }] },
    contextValue: new Context({ view: new View(board, viewer), dataSource: database.dataSource, baseUrl: "" }),
  });
  if (errors) return { errors: errors.map(({ extensions }) => extensions.code) };
  return JSON.parse(JSON.stringify((data!._entities as object[])[0])) as object | null;
}

const OWNERS = {
  Model: "models",
  Reference: "citations",
  Contributor: "submissions",
  Account: "submissions",
  Submission: "submissions",
  Observation: "scores",
  ApiKey: "submissions",
};

describe.each(Object.keys(HOLDINGS) as Holding[])("in a process that holds %s", (held) => {
  beforeAll(() => void (holding = held));

  it.each(Object.entries(OWNERS))(
    "a hidden %s is null from %s for those who may not see it, and there for those who may (§10)",
    async (type, subgraph) => {
      const id = hidden[type];
      for (const viewer of [null, STRANGER]) expect(await told(subgraph, type, { id }, viewer)).toBeNull();
      for (const viewer of [await viewerOf(database.dataSource, "lab"), ADMIN])
        expect(await told(subgraph, type, { id }, viewer)).toMatchObject({ __typename: type });
    },
  );

  it("a hidden model is null by its name too (§10)", async () => {
    const byName = { domain: { slug: "vision" }, name: "secret" };
    for (const viewer of [null, STRANGER]) expect(await told("models", "Model", byName, viewer)).toBeNull();
    expect(await told("models", "Model", byName, ADMIN)).toMatchObject({ name: "secret" });
  });

  it("an id that is none is nothing's, from every owner", async () => {
    for (const [type, subgraph] of [...Object.entries(OWNERS), ["BenchmarkVersion", "benchmarks"], ["Benchmark", "benchmarks"]])
      for (const id of ["", "none", `${type}_\0`, "' OR 1=1 --", "x".repeat(10_000)])
        expect([type, id, await told(subgraph, type, { id }, ADMIN)]).toEqual([type, id, null]);
  });

  it("no subgraph tells a stranger more of a hidden thing than what it claims itself (§10)", async () => {
    for (const { name, schema } of SCHEMAS)
      for (const [type, id] of Object.entries(hidden)) {
        if (!schema.getType(type)) continue;
        const content = ((await told(name, type, { id }, STRANGER)) ?? {}) as Record<string, unknown>;
        const isNothing = (value: unknown) =>
          value === null || /^{"totalCount":0(,"nodes":\[\])?}$/.test(JSON.stringify(value)) || JSON.stringify(value) === '["NOT_FOUND"]';
        expect([name, type, Object.entries(content).filter(([field, value]) => field !== "__typename" && !isNothing(value))]).toEqual([
          name,
          type,
          [],
        ]);
      }
  });
});

it("a process that holds the catalog alone tells the same as one that holds all facts", async () => {
  const { dataSource } = database;
  const ids: { type: string; id: string }[] = await dataSource.query(`
    SELECT 'Model' AS type, id FROM model UNION ALL SELECT 'Reference', id FROM reference UNION ALL SELECT 'Account', id FROM account
    UNION ALL SELECT 'Contributor', contributor_id FROM account UNION ALL SELECT 'Domain', id FROM domain UNION ALL SELECT 'Benchmark', id FROM benchmark
    UNION ALL SELECT 'Submission', id FROM submission`);
  const references: [string, object][] = [
    ...ids.map(({ type, id }): [string, object] => [type, { id }]),
    ...["public one", "secret", "none"].map((name): [string, object] => ["Model", { domain: { slug: "vision" }, name }]),
  ];
  for (const { name, schema } of SCHEMAS.filter((each) => each.name !== "scores"))
    for (const [type, reference] of references)
      for (const viewer of [null, STRANGER, await viewerOf(dataSource, "lab"), ADMIN]) {
        if (!schema.getType(type) || ("name" in reference && name !== "models")) continue;
        const answers: unknown[] = [];
        for (holding of Object.keys(HOLDINGS) as Holding[]) answers.push(await told(name, type, reference, viewer));
        expect([name, type, answers[1]]).toEqual([name, type, answers[0]]);
      }
});
