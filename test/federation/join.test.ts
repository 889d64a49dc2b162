import { graphql, graphqlSync, parse, printSchema, validateSchema, type ExecutionResult } from "graphql";
import { compose } from "../../src/federation/compose";
import { joinSubgraphs } from "../../src/federation/join";
import { buildSubgraph } from "../../src/federation/subgraph";
import { books } from "./library/books";
import { batches, people } from "./library/people";
import { reviews } from "./library/reviews";
import { requestContext } from "./request-context";

const subgraphs = [books, people, reviews].map(buildSubgraph);
const { api, supergraph } = compose(subgraphs);
const schema = joinSubgraphs(subgraphs, api);

/** An answer as a client sees it. */
const plain = (result: ExecutionResult) =>
  JSON.parse(JSON.stringify(result)) as { data?: Record<string, unknown>; errors?: Record<string, unknown>[] };

const ask = async (source: string) => plain(await graphql({ schema, source, contextValue: requestContext() }));
const askAtOnce = (source: string) => plain(graphqlSync({ schema, source, contextValue: requestContext() }));

beforeEach(() => void (batches.length = 0));

describe("the joined schema", () => {
  test("is the composed API, element for element", () => {
    expect(validateSchema(schema)).toEqual([]);
    expect(printSchema(schema)).not.toMatch(/_entities|_service|join__/);
    expect(supergraph).toMatch(/join__Graph/);
    const names = parse(api).definitions.map((definition) => ("name" in definition ? definition.name?.value : undefined));
    expect(names).toEqual(expect.arrayContaining(["Book", "Author", "Node", "Genre", "BookConnection", "PageInfo"]));
  });

  test("answers what is in memory without a promise, arguments and all", () => {
    const { data, errors } = askAtOnce(
      `{ books { id title weight(factor: 3) stars(least: 4) } book(isbn: "3") { weight } at(when: "2021-03-01") }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      books: [
        { id: "book_1", title: "Emma", weight: 1422, stars: [5, 4] },
        { id: "book_2", stars: [] },
        { id: "book_3" },
        { id: "book_4", stars: null },
      ],
      book: { weight: 704 },
      at: "2021-03-01T23:59:59.999Z",
    });
  });

  test("exchanges a reference for its owner's entity, in one batch a level", async () => {
    const { data } = await ask(`{ books { author { name letters } } more: authorsById(ids: ["author_2", "author_1"]) { nationality } }`);
    expect(batches).toEqual([["author_1", "author_2", "author_hidden"]]);
    expect(data).toEqual({
      books: [
        { author: { name: "Jane Austen", letters: 10 } },
        { author: { name: "Jane Austen", letters: 10 } },
        { author: { name: "Henry Thoreau", letters: 12 } },
        { author: null },
      ],
      more: [{ nationality: "American" }, { nationality: "English" }],
    });
  });

  test("asks no owner for what its own subgraph knows", async () => {
    const { data } = await ask(`{ books { author { __typename id books(genre: ESSAY) { title } } } reviewed { title stars } }`);
    expect(batches).toEqual([]);
    expect(data?.reviewed).toContainEqual({ title: "Emma (reviewed)", stars: [5, 4] });
    expect(data?.books).toContainEqual({ author: { __typename: "Author", id: "author_2", books: [{ title: "Walden" }] } });
  });

  test("answers shared fields by the owner once the owner is asked", async () => {
    expect((await ask(`{ reviewed { title isbn } }`)).data?.reviewed).toContainEqual({ title: "Emma", isbn: "1" });
  });

  test("keeps the inner values of enums, defaults included", async () => {
    const { data, errors } = await ask(`{ authors { books { title } essays: books(genre: ESSAY) { title } } }`);
    expect(errors).toBeUndefined();
    expect(data?.authors).toEqual([
      { books: [{ title: "Emma" }, { title: "Persuasion" }], essays: [] },
      { books: [{ title: "Emma" }, { title: "Persuasion" }], essays: [] },
      { books: [], essays: [{ title: "Walden" }] },
      { books: [], essays: [{ title: "Anonyma" }] },
    ]);
  });

  test("reads what a foreign field requires from the owner, also where a reference stands", async () => {
    expect((await ask(`{ books { density } }`)).data?.books).toEqual([
      { density: 9 / 474 },
      { density: null },
      { density: 0 },
      { density: null },
    ]);
    expect((await ask(`{ reviewed { density } }`)).data?.reviewed).toEqual([{ density: 9 / 474 }, { density: null }, { density: 0 }]);
  });

  test("reads what an owner's field requires of another owner's entity", async () => {
    const { data, errors } = await ask(`{ books { origin author { id } } }`);
    expect(batches).toEqual([["author_1", "author_2", "author_hidden"]]);
    expect(errors).toBeUndefined();
    expect((data?.books as { origin: string }[]).map(({ origin }) => origin)).toEqual([
      "Emma, English",
      "Persuasion, English",
      "Walden, American",
      "Anonyma, unknown",
    ]);
  });

  test("tells the type of a node by its class, and answers fragments on it", async () => {
    const source = (id: string) =>
      `{ node(id: "${id}") { __typename id ... on Author { name } ...book } } fragment book on Book { title pages stars }`;
    expect((await ask(source("author_2"))).data).toEqual({ node: { __typename: "Author", id: "author_2", name: "Henry Thoreau" } });
    expect((await ask(source("book_3"))).data).toEqual({
      node: { __typename: "Book", id: "book_3", title: "Walden", pages: 352, stars: [] },
    });
    expect((await ask(source("book_9"))).data).toEqual({ node: null });
  });

  test("answers an entity that its owner hides as null", async () => {
    expect((await ask(`{ node(id: "author_hidden") { id ... on Author { name } } }`)).data).toEqual({ node: null });
    expect((await ask(`{ book(isbn: "4") { title author { name } } }`)).data).toEqual({ book: { title: "Anonyma", author: null } });
  });

  test("gives errors the path of the field and the code of what was thrown", async () => {
    const { data, errors } = await ask(`{ ok: book(isbn: "1") { title } book(isbn: "1") { weight(factor: -1) } }`);
    expect(data).toEqual({ ok: { title: "Emma" }, book: null });
    expect(errors).toMatchObject([{ path: ["book", "weight"], extensions: { code: "BAD_USER_INPUT" } }]);
  });

  test("gives a loader's error to its own element alone", async () => {
    const { errors } = await ask(`{ authorsById(ids: ["author_1", "author_broken", "author_2"]) { name } }`);
    expect(errors).toMatchObject([{ path: ["authorsById", 1], message: "This author cannot be read." }]);
  });

  test("pages a connection", async () => {
    const { data } = await ask(
      `{ shelf(first: 2) { totalCount nodes { title author { id } } edges { cursor node { isbn } } pageInfo { hasNextPage endCursor } } }`,
    );
    const shelf = data!.shelf as { edges: { cursor: string }[]; pageInfo: { endCursor: string } };
    expect(shelf).toMatchObject({ totalCount: 4, nodes: [{ title: "Emma" }, { title: "Persuasion" }], pageInfo: { hasNextPage: true } });
    expect(shelf.pageInfo.endCursor).toBe(shelf.edges[1].cursor);
    expect((await ask(`{ shelf(after: "${shelf.pageInfo.endCursor}") { nodes { title } } }`)).data).toEqual({
      shelf: { nodes: [{ title: "Walden" }, { title: "Anonyma" }] },
    });
  });
});
