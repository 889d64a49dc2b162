import { buildSubgraph } from "../../src/federation/subgraph";
import { books } from "./library/books";
import { requestContext } from "./request-context";

test("a field with an argument is resolved synchronously, whatever type-graphql does with arguments", () => {
  const { schema } = buildSubgraph(books);
  const { book, shelf } = schema.getQueryType()!.getFields();
  expect(book.resolve!({}, { isbn: "1" }, requestContext(), {} as never)).toMatchObject({ title: "Emma" });
  expect(shelf.resolve!({}, { first: 2 }, requestContext(), {} as never)).toMatchObject({ totalCount: 4 });
});
