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
let board: Board;
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
  board = await readBoard(dataSource);
});
afterAll(() => database?.drop());

/** Everything but its id that a subgraph tells of a thing, as far as it goes without arguments and objects within; null if it is not there. */
async function told(subgraph: string, type: string, representation: object, viewer: typeof ADMIN): Promise<object | null> {
  const { schema } = SCHEMAS.find(({ name }) => name === subgraph)!;
  const definition = schema.getType(type);
  const fields = (isObjectType(definition) ? Object.values(definition.getFields()) : []).filter(
    (field) => requirement(field) === null && !isExternal(field),
  );
  const plain = fields.filter(({ name, type: of }) => name !== "id" && /^(String|Int|Float|Boolean|DateTime)!?$/.test(String(of)));
  const lists = fields.filter(({ type: of }) => /Connection!$/.test(String(of))).map(({ name }) => `${name} { totalCount }`);
  const selection = ["__typename", ...plain.map(({ name }) => name), ...lists].join(" ");
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
        value === null || JSON.stringify(value) === '{"totalCount":0}' || JSON.stringify(value) === '["NOT_FOUND"]';
      expect([name, type, Object.entries(content).filter(([field, value]) => field !== "__typename" && !isNothing(value))]).toEqual([
        name,
        type,
        [],
      ]);
    }
});
