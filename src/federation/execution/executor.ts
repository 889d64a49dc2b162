import { execute, type ExecutionResult, type GraphQLSchema } from "graphql";
import { Unwanted } from "../../board/in-slices";
import { after, type MaybePromise } from "../promised";
import { isForNobody } from "./run";
import type { Execution, Writer } from "./writer";

/** Executes an operation, at once where nothing in the answer is promised. */
export type Executor = (execution: Execution) => MaybePromise<ExecutionResult>;

/** Executes operations by plans where there can be one, and by graphql-js where not. */
export const createExecutor =
  (schema: GraphQLSchema, write: Writer): Executor =>
  (execution) =>
    after(write(execution), (data) => {
      if (data !== null) return { data: JSON.parse(data) as Record<string, unknown> };
      if (isForNobody(execution.contextValue)) throw new Unwanted();
      return execute({ schema, ...execution });
    });
