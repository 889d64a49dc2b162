import { standalone } from "../../src/federation/standalone";
import { buildSubgraph } from "../../src/federation/subgraph";
import { books } from "../federation/library/books";
import { openServer, type OpenServer } from "./open-server";

let open: OpenServer;

const subgraph = standalone(buildSubgraph(books));

beforeAll(async () => {
  open = await openServer({
    endpoints: [
      { path: "/graphql/books", schema: subgraph },
      { path: "/graphql", schema: buildSubgraph(books).schema },
    ],
  });
});
afterAll(() => open.close());

const QUERY = '{ shelf(first: 1) { nodes { title weight origin: published } } at(when: "2021-03-01") }';

async function ask(url: string, headers: Record<string, string> = {}, query = QUERY) {
  const answer = await open.server.inject({ method: "POST", url, headers, payload: { query } });
  return answer.json<{ data: object; errors?: unknown[]; extensions: { revision: string; ftv1?: string } }>();
}
const ASKED = { "apollo-federation-include-trace": "ftv1" };

/** A trace is a protocol buffer, in which texts stand as they are. */
const textOf = (ftv1: string): string => Buffer.from(ftv1, "base64").toString("latin1");

const isWrapped = (): boolean =>
  Object.getOwnPropertySymbols(subgraph).some((symbol) => symbol.description === "apolloServerPluginsEnabled");

test("a subgraph's answer carries a trace of every field where the header asks for one", async () => {
  const { data, extensions } = await ask("/graphql/books", ASKED);
  for (const field of ["shelf", "nodes", "title", "weight", "origin", "at"]) expect(textOf(extensions.ftv1!)).toContain(field);
  expect({ data, revision: extensions.revision }).toEqual({
    data: (await ask("/graphql/books")).data,
    revision: expect.any(String),
  });
});

test("an answer that nobody asked to be traced carries none, and its schema is never wrapped", async () => {
  await ask("/graphql/books", ASKED);
  expect((await ask("/graphql/books")).extensions).not.toHaveProperty("ftv1");
  expect((await ask("/graphql/books", { "apollo-federation-include-trace": "ftv2" })).extensions).not.toHaveProperty("ftv1");
  expect(isWrapped()).toBe(false);
});

test("a trace tells of an error without its words", async () => {
  const { extensions, errors } = await ask("/graphql/books", ASKED, "{ books { weight(factor: -1) } }");
  expect(errors).toMatchObject([{ message: "`factor` must not be negative." }]);
  expect(textOf(extensions.ftv1!)).toContain("<masked>");
  expect(textOf(extensions.ftv1!)).not.toContain("negative");
});

test("the public API is not traced, whatever a header asks for", async () => {
  expect((await ask("/graphql", ASKED)).extensions).not.toHaveProperty("ftv1");
});
