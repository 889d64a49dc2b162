import { type ExecutionResult, graphql } from "graphql";
import type { CurrentBoard } from "../../src/board/current";
import { readBoard } from "../../src/board/read-facts";
import { View } from "../../src/board/view";
import type { Viewer } from "../../src/board/viewer";
import { Context } from "../../src/federation/context";
import { buildSchema } from "../../src/server/schema";
import type { TestDatabase } from "./database";
import type { Json } from "./json";
import { askThroughGateway } from "./through-gateway";

let built: ReturnType<typeof buildSchema> | undefined;

/** The joined schema, built once a test file. */
export const joinedSchema = (): ReturnType<typeof buildSchema> => (built ??= buildSchema());

export interface Question {
  readonly variables?: Record<string, unknown>;
  /** Default: nobody. */
  readonly viewer?: Viewer;
  /** Tells that the asker has gone. Default: it never does. */
  readonly signal?: AbortSignal;
}

/** Asks the joined subgraphs in this process, over the facts as they were when it was opened, or over a live board. */
export interface Joined {
  /** The whole answer. */
  ask(query: string, question?: Question): Promise<ExecutionResult>;
  /** The data of an answer without errors; throws what is wrong otherwise. */
  data(query: string, question?: Question): Promise<Json>;
}

/** By hand: all that asks the joined subgraphs asks them through a gateway instead, and expects the same. */
const IS_FEDERATED = process.env.SCORETREE_TEST_FEDERATED === "1";

/**
 * Joins the subgraphs over a database and reads its board; with `live`, each question is asked of the newest board that it has. What a
 * mutation writes is there for the questions after it.
 */
export async function openJoined(
  { dataSource }: Pick<TestDatabase, "dataSource">,
  live?: Pick<CurrentBoard, "board" | "recent" | "atLeast">,
): Promise<Joined> {
  const { schema, subgraphs } = joinedSchema();
  let read = live ? null : await readBoard(dataSource);
  const reach = async (revision: number) => (live ? live.atLeast(revision) : (read = await readBoard(dataSource)));
  const recent = () => live?.recent ?? [];
  const ask = (source: string, { variables, viewer = null, signal }: Question = {}) => {
    // All requests that a gateway splits a question into are of one revision (§9), and after a write of what it wrote.
    let view = new View(read ?? live!.board, viewer, recent);
    const createContext = () =>
      new Context({
        view,
        viewAt: async (revision) => (view = new View(await reach(revision), viewer, recent)),
        dataSource,
        baseUrl: "http://test",
        signal,
        rateLimit: () => ({ limit: 100, cost: 1, remaining: 99, resetAt: new Date(0), nodeCount: 1 }),
      });
    if (IS_FEDERATED) return askThroughGateway(subgraphs, { query: source, variables, createContext });
    return graphql({ schema, source, variableValues: variables, contextValue: createContext() }) as Promise<ExecutionResult>;
  };
  return {
    ask,
    async data(query, question) {
      const { data, errors } = await ask(query, question);
      if (errors) throw new Error(errors.map((error) => `${error.path?.join(".") ?? "?"}: ${error.message}`).join("\n"));
      // As a client would read it: plain objects.
      return JSON.parse(JSON.stringify(data));
    },
  };
}
