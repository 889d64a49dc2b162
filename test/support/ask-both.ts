import { execute, parse, validate, type ExecutionResult, type GraphQLSchema } from "graphql";
import { createExecutor, type Executor } from "../../src/federation/execution/executor";
import { zeroExecutionCounts, type ExecutionCounts } from "../../src/federation/execution/counts";

/** A question, valid or not. */
export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** An answer as its client reads it: errors with code, path and locations. */
const told = (result: ExecutionResult): string =>
  JSON.stringify({ ...("data" in result ? { data: result.data } : {}), errors: result.errors?.map((error) => error.toJSON()) });

export interface Both {
  /** What graphql-js and the executor answer, the latter when it makes its plan and, unless that is not asked, again by the plan that it has then. Null: the question is not valid. */
  ask(asked: Asked, isAskedAgain?: boolean): Promise<{ expected: string; first: string; again: string } | null>;
  readonly counts: ExecutionCounts;
}

/** Asks graphql-js and the executor the same; `context` makes one anew for each. */
export function both(schema: GraphQLSchema, context: () => unknown): Both {
  const counts = zeroExecutionCounts();
  const executor: Executor = createExecutor(schema, { counts });
  return {
    counts,
    async ask({ query, variables, operationName }, isAskedAgain = true) {
      const document = parse(query);
      if (validate(schema, document).length > 0) return null;
      const args = () => ({ document, variableValues: variables, operationName, contextValue: context() });
      const expected = told(await execute({ schema, ...args() }));
      const first = told(await executor(args()));
      return { expected, first, again: isAskedAgain ? told(await executor(args())) : first };
    },
  };
}
