import { buildSchema, getOperationAST, parse } from "graphql";
import { readFileSync } from "node:fs";
import path from "node:path";
import { CheckedDocuments } from "../../../src/server/limits/checked-documents";
import { estimateWork } from "../../../src/server/limits/estimate-work";
import { LIMITS } from "../../../src/server/limits/limits";
import { readWork } from "../../../src/server/limits/read-work";
import { joinedSchema } from "../../support/joined";

const SDL = `
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION
  directive @cost(weight: Int!) on FIELD_DEFINITION
  interface Node { id: ID! }
  type Row implements Node { id: ID! parent: Row rows: [Row!]! @listSize(assumedSize: 10) named(names: [String!]): [Row!]! @listSize(assumedSize: 150) }
  type Other implements Node { id: ID! row: Row rows(first: Int = 3): [Row!]! @listSize(slicingArguments: ["first"], assumedSize: 7) }
  type Page { nodes: [Row!]! edges: [Edge!]! total: Int! }
  type Edge { node: Row! }
  type Query {
    row: Row
    node: Node
    nodes(ids: [ID!]!): [Node]! @listSize(assumedSize: 100)
    pages(first: Int, last: Int, names: [String!]): Page! @listSize(slicingArguments: ["first", "last"], sizedFields: ["nodes", "edges"], assumedSize: 25)
    table: [[Row!]!]! @listSize(assumedSize: 4)
    dear: Row @cost(weight: 500)
  }
  type Mutation { write: Row }`;
const schema = buildSchema(SDL);
const work = readWork(SDL);

function estimate(text: string, variables: Record<string, unknown> = {}) {
  const document = parse(text);
  return estimateWork(schema, work, document, getOperationAST(document)!)(variables);
}

describe("the nodes of an answer, before it is computed,", () => {
  it.each([
    ["an object", "{ row { id } }", 1],
    ["nothing but a name", "{ __typename }", 0],
    ["objects within each other", "{ row { parent { parent { id } } } }", 3],
    ["a list as it is expected", "{ row { rows { id } } }", 11],
    ["lists within each other", "{ row { rows { rows { id } } } }", 111],
    ["a list of lists", "{ table { id } }", 16],
    ["a page as it is by default", "{ pages { nodes { id } } }", 26],
    ["a page as long as asked for", "{ pages(first: 3) { total nodes { id } edges { node { id } } } }", 1 + 3 + 6],
    ["the larger of two lengths", "{ pages(first: 3, last: 9) { nodes { id } } }", 10],
    ["a page of so many things", `{ pages(first: 50, names: ["a", "b"]) { nodes { id } } }`, 3],
    ["as many as are named", `{ row { named(names: ["a", "b", "c"]) { id } } }`, 4],
    ["one that is named", `{ row { named(names: "a") { id } } }`, 2],
    ["none of nothing", "{ row { named(names: []) { parent { id } } } }", 1],
    ["a default value of the schema", "{ node { ... on Other { rows { id } } } }", 4],
    ["the larger of types", "{ node { id ... on Row { rows { id } } ... on Other { row { id } } } }", 11],
    [
      "fields that fall together once",
      "{ row { id } row { parent { id } } ...F } fragment F on Query { row { parent { parent { id } } } }",
      3,
    ],
    ["aliases each", "{ a: row { id } b: row { id } }", 2],
    ["what may be skipped", "query ($x: Boolean!) { row @skip(if: $x) { rows { id } } }", 11],
  ])("count %s", (_, text, nodes) => {
    expect(estimate(text)).toEqual({ nodes, cost: Math.max(1, nodes) });
  });

  it("depend on variables, their defaults, and what is not given", () => {
    const text = "query ($n: Int = 5, $ids: [ID!]!) { pages(first: $n) { nodes { id } } nodes(ids: $ids) { id } }";
    expect(estimate(text, { ids: [] }).nodes).toBe(6);
    expect(estimate(text, { n: 80, ids: ["a", "b"] }).nodes).toBe(83);
    expect(estimate(text, { n: null, ids: "a" }).nodes).toBe(27);
    expect(estimate(text, { n: -3, ids: [] }).nodes).toBe(1);
    expect(estimate(text, { n: "many", ids: [] }).nodes).toBe(1);
  });

  it("are not the whole cost: dear fields and writing count for more", () => {
    expect(estimate("{ dear { id } }")).toEqual({ nodes: 1, cost: 501 });
    expect(estimate("mutation { write { id } }")).toEqual({ nodes: 1, cost: 101 });
  });
});

describe("the API", () => {
  const { schema: api, supergraph } = joinedSchema();
  const known = readWork(supergraph);
  const documents = new CheckedDocuments({ schema: api, work: known, limits: LIMITS });
  const estimateOf = (text: string, variables = {}) => {
    const checked = documents.check(text);
    if (checked.kind !== "good") throw new Error(`${checked.kind} ${checked.kind === "refused" ? checked.refusal.message : ""}`);
    return documents.estimate(checked, null, variables)!;
  };

  it("says of every list of objects how long it is expected to be", () => {
    expect(known.sizes.size).toBeGreaterThan(60);
    expect([...known.sizes].filter(([, { assumedSize }]) => !(assumedSize > 0))).toEqual([]);
  });

  it("answers the card with room, and refuses what asks for more than 50,000 nodes", () => {
    const card = readFileSync(path.join(__dirname, "../../../examples/model-card.graphql"), "utf8");
    expect(estimateOf(card, { name: "x" }).cost).toBeLessThan(LIMITS.nodes / 10);
    const rows = (first: number): string =>
      `{ models(domain: "vision", first: ${first}) { nodes { scores { benchmark { id } statistics { mean } } } } }`;
    expect(estimateOf(rows(100)).nodes).toBe(1 + 100 * (1 + 3 * 150));
    expect(() => estimateOf(`{ models(domain: "vision", first: 100) { nodes { scores { benchmark { descendants { id } } } } } }`)).toThrow(
      expect.objectContaining({ extensions: { code: "TOO_MANY", limit: "nodes", most: 50_000, got: 1 + 100 * (1 + 150 * 152) } }),
    );
  });

  it("takes a tree for no larger however deep it is asked for", () => {
    const tree = (levels: number): string =>
      levels === 0 ? "id" : `id benchmark { id } statistics { mean } children { ${tree(levels - 1)} }`;
    expect(estimateOf(`{ model(domain: "vision", name: "x") { scores(maxDepth: 0) { ${tree(6)} } } }`).nodes).toBe(1 + 150 * (6 * 3 + 1));
  });
});
