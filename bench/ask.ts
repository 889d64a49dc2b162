import { graphql, type ExecutionResult } from "graphql";
import type { Board } from "../src/board/board";
import { View } from "../src/board/view";
import { Context, type Database } from "../src/federation/context";
import { buildSchema } from "../src/server/schema";
import type { Question } from "./questions";

/** Asks the platform in this process. Throws if an answer has errors. */
export type Ask = (question: Question) => Promise<ExecutionResult>;

/** Joins the subgraphs over a board; `board` is asked for at every question. */
export function createAsk(board: () => Board, dataSource: Database): Ask {
  const { schema } = buildSchema();
  return async ({ query, variables }) => {
    const view = new View(board(), null);
    const answer = await graphql({
      schema,
      source: query,
      variableValues: variables,
      contextValue: new Context({ view, dataSource, baseUrl: "http://127.0.0.1:4000" }),
    });
    if (answer.errors) throw answer.errors[0];
    return answer;
  };
}
