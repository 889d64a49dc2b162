import { graphql, type GraphQLSchema } from "graphql";
import { compose } from "../../src/federation/compose";
import { joinSubgraphs } from "../../src/federation/join";
import { standalone } from "../../src/federation/standalone";
import { buildSubgraph } from "../../src/federation/subgraph";
import { books } from "./library/books";
import { people } from "./library/people";
import { reviews } from "./library/reviews";
import { requestContext } from "./request-context";

const built = [books, people, reviews].map(buildSubgraph);
const joined = joinSubgraphs(built, compose(built).api);
const [booksAlone, peopleAlone, reviewsAlone] = built.map(standalone);

interface Answer {
  data: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

const ask = async (schema: GraphQLSchema, source: string, variableValues: Record<string, unknown> = {}) =>
  JSON.parse(JSON.stringify(await graphql({ schema, source, variableValues, contextValue: requestContext() }))) as Answer;

/** What a gateway asks a subgraph for: the fields of entities that it has only the keys of. */
const entities = (schema: GraphQLSchema, selection: string, ...representations: Record<string, unknown>[]) =>
  ask(schema, `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`, { representations });

describe("a subgraph that is served alone", () => {
  test("prints its own schema", async () => {
    const { data } = await ask(peopleAlone, `{ _service { sdl } }`);
    expect(data).toMatchObject({ _service: { sdl: expect.stringMatching(/type Author implements Node\s+@key\(fields: "id"\)/) } });
  });

  test.each([
    ["Book", "id isbn title pages published author { id } weight", booksAlone],
    ["Book", "id stars stars(least: 4)", reviewsAlone],
    ["Author", "id name nationality letters", peopleAlone],
    ["Author", "id books { title } books(genre: ESSAY) { title }", booksAlone],
  ])("answers %s { %s } as the joined schema does", async (typeName, selection, schema) => {
    const fields = selection.replace("stars stars", "stars all: stars").replace("} books", "} essays: books");
    for (const id of typeName === "Book" ? ["book_1", "book_2", "book_3"] : ["author_1", "author_2"]) {
      const alone = await entities(schema, `... on ${typeName} { ${fields} }`, { __typename: typeName, id });
      const together = await ask(joined, `{ node(id: "${id}") { ... on ${typeName} { ${fields} } } }`);
      expect(alone.errors).toBeUndefined();
      expect(alone.data?._entities).toEqual([together.data?.node]);
    }
  });

  test("takes what @requires asked for from the representation, and nothing else", async () => {
    const representation = { __typename: "Book", id: "book_1", pages: 3, title: "Forged", stars: [1] };
    expect((await entities(reviewsAlone, "... on Book { title density stars }", representation)).data?._entities).toEqual([
      { title: "Emma (reviewed)", density: 3, stars: [5, 4] },
    ]);
    const withAuthor = { __typename: "Book", id: "book_1", author: { __typename: "Author", id: "author_1", nationality: "Welsh" } };
    expect((await entities(booksAlone, "... on Book { origin }", withAuthor)).data?._entities).toEqual([{ origin: "Emma, Welsh" }]);
  });

  test("takes any of its keys", async () => {
    expect((await entities(booksAlone, "... on Book { id }", { __typename: "Book", isbn: "2" })).data?._entities).toEqual([
      { id: "book_2" },
    ]);
  });

  test("answers null for what it does not know, in the place of its representation", async () => {
    const { data } = await entities(
      booksAlone,
      "... on Book { title }",
      { __typename: "Book", id: "no" },
      { __typename: "Book", id: "book_3" },
    );
    expect(data?._entities).toEqual([null, { title: "Walden" }]);
  });

  test.each([
    ["an id that is no text", { id: 5 }],
    ["no key", {}],
    ["a key of another subgraph", { name: "Jane Austen" }],
    ["a prototype for an id", JSON.parse(`{ "__proto__": { "id": "author_1" } }`) as Record<string, unknown>],
  ])("refuses a representation with %s", async (_, key) => {
    const { errors } = await entities(peopleAlone, "... on Author { name }", { __typename: "Author", ...key });
    expect(errors).toMatchObject([{ path: ["_entities", 0], extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
