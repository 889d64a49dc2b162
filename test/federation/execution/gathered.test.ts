import { buildSchema, parse } from "graphql";
import { createWriter } from "../../../src/federation/execution/writer";
import { stringifyResult, WrittenData } from "../../../src/server/written-data";

const schema = buildSchema(`
  interface Node { id: ID! }
  type Model implements Node { id: ID! name(upper: Boolean!): String! scores: [Float] }
  type Query { node: Node model(name: String!): Model }
`);
const write = createWriter(schema, { isGathered: true });
const written = (query: string, rootValue: object) => write({ document: parse(query), rootValue });

describe("a writer of what was gathered", () => {
  test("reads values under the names that they have in the answer, and nothing else of what is there", () => {
    const query = `{ one: model(name: "a") { upper: name(upper: true) name(upper: false) scores } node { __typename ... on Model { own: id } } }`;
    const rootValue = {
      one: { upper: "A", name: "a", scores: [0.5, null], id: "x" },
      node: { __typename: "Model", own: "1" },
      model: { name: "other" },
    };
    expect(written(query, rootValue)).toBe(`{"one":{"upper":"A","name":"a","scores":[0.5,null]},"node":{"__typename":"Model","own":"1"}}`);
  });

  test("resolves what is asked of the schema itself", () => {
    const query = `{ model(name: "a") { scores } __type(name: "Node") { kind: name possibleTypes { name } } }`;
    expect(written(query, { model: null, __type: "Query" })).toBe(
      `{"model":null,"__type":{"kind":"Node","possibleTypes":[{"name":"Model"}]}}`,
    );
  });

  test.each([
    ["misses what may not be empty", `{ model(name: "a") { name(upper: true) } }`, { model: {} }],
    ["holds what is of another type", `{ model(name: "a") { scores } }`, { model: { scores: ["many"] } }],
    ["holds what every object has", `{ model(name: "a") { toString: scores } }`, { model: {} }],
    ["holds an error", `{ model(name: "a") { scores } }`, { model: new Error("gone") }],
  ])("leaves to graphql-js what %s", (_, query, rootValue) => {
    expect(written(query, rootValue)).toBeNull();
  });
});

test.each([
  { data: { a: [1] }, extensions: { revision: "7" } },
  { data: { a: null } },
  { errors: [{ message: "gone" }], data: { a: null }, extensions: { revision: "7" } },
])("an answer whose data are written is written as any other: %j", (result) => {
  const { data } = result;
  const wanted = `${JSON.stringify(result)}\n`;
  expect(stringifyResult({ ...result, data: new WrittenData(JSON.stringify(data)) })).toBe(wanted);
  expect(stringifyResult(result)).toBe(wanted);
});
