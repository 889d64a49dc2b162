import { type DocumentNode, execute, type GraphQLSchema, parse, validate } from "graphql";
import type { Board } from "../src/board/board";
import { View } from "../src/board/view";
import { Context, type Database } from "../src/federation/context";
import { createWriter, type Writer } from "../src/federation/execution/writer";
import { buildSchema } from "../src/server/schema";
import type { Question } from "./questions";

/** Asks the platform in this process, which reads each query once, as the server does. Gives the data as JSON; throws if no plan can answer. */
export type Ask = (question: Question) => Promise<string>;

/** Answers as graphql-js does, beside which ours are measured. */
export const writeByGraphqlJs =
  (schema: GraphQLSchema): Writer =>
  async (execution) => {
    const { data, errors } = await execute({ schema, ...execution });
    return errors ? null : JSON.stringify(data);
  };

/** Joins the subgraphs over a board; `board` is asked for at every question. `by`: what answers. Default: what the server answers by. */
export function createAsk(board: () => Board, dataSource: Database, by = createWriter): Ask {
  const { schema } = buildSchema();
  const write = by(schema);
  const documents = new Map<string, DocumentNode>();
  const read = (query: string): DocumentNode => {
    const document = parse(query);
    const [fault] = validate(schema, document);
    if (fault) throw fault;
    documents.set(query, document);
    return document;
  };
  return async ({ query, variables }) => {
    const view = new View(board(), null);
    const answer = await write({
      document: documents.get(query) ?? read(query),
      variableValues: variables,
      contextValue: new Context({ view, dataSource, baseUrl: "http://127.0.0.1:4000" }),
    });
    if (answer === null) throw new Error("A question of the bench was not answered by a plan.");
    return answer;
  };
}
