import { type DocumentNode, type ExecutionResult, parse, validate } from "graphql";
import type { Board } from "../src/board/board";
import { View } from "../src/board/view";
import { Context, type Database } from "../src/federation/context";
import { createExecutor } from "../src/federation/execution/executor";
import { buildSchema } from "../src/server/schema";
import type { Question } from "./questions";

/** Asks the platform in this process, which reads each query once, as the server does. Throws if an answer has errors. */
export type Ask = (question: Question) => Promise<ExecutionResult>;

/** Joins the subgraphs over a board; `board` is asked for at every question. */
export function createAsk(board: () => Board, dataSource: Database): Ask {
  const { schema } = buildSchema();
  const execute = createExecutor(schema);
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
    const answer = await execute({
      document: documents.get(query) ?? read(query),
      variableValues: variables,
      contextValue: new Context({ view, dataSource, baseUrl: "http://127.0.0.1:4000" }),
    });
    if (answer.errors) throw answer.errors[0];
    return answer;
  };
}
