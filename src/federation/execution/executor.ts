import { execute, type ExecutionResult, type GraphQLSchema } from "graphql";
import { Unwanted } from "../../board/in-slices";
import { after, type MaybePromise } from "../promised";
import { isForNobody } from "./run";
import type { Execution, Writer } from "./writer";

/** Executes an operation, at once where nothing in the answer is promised. */
export type Executor = (execution: Execution) => MaybePromise<ExecutionResult>;

const read = (text: string): Record<string, unknown> => JSON.parse(text);

/** Executes operations by plans where there can be one, and by graphql-js where not. `take`: what data are that a plan wrote. Default: read again. */
export const createExecutor =
  (schema: GraphQLSchema, write: Writer, take = read): Executor =>
  (execution) =>
    after(write(execution), (data) => {
      if (data !== null) return { data: take(data) };
      if (isForNobody(execution.contextValue)) throw new Unwanted();
      return execute({ schema, ...execution });
    });
