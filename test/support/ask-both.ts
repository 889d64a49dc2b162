import { execute, parse, validate, type ExecutionResult, type GraphQLSchema } from "graphql";
import { zeroExecutionCounts, type ExecutionCounts } from "../../src/federation/execution/counts";
import { createWriter } from "../../src/federation/execution/writer";

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
  /** What graphql-js and plans answer, to the byte, the latter when the plan is made and, unless that is not asked, again by the plan that there is then. Null: the question is not valid. */
  ask(asked: Asked, isAskedAgain?: boolean): Promise<{ expected: string; first: string; again: string } | null>;
  readonly counts: ExecutionCounts;
}

/** Asks graphql-js and, where there can be one, a plan the same; `context` makes one anew for each. */
export function both(schema: GraphQLSchema, context: () => unknown): Both {
  const counts = zeroExecutionCounts();
  const write = createWriter(schema, { counts });
  return {
    counts,
    async ask({ query, variables, operationName }, isAskedAgain = true) {
      const document = parse(query);
      if (validate(schema, document).length > 0) return null;
      const args = () => ({ document, variableValues: variables, operationName, contextValue: context() });
      const interpreted = async () => told(await execute({ schema, ...args() }));
      const planned = async () => {
        const data = await write(args());
        return data === null ? await interpreted() : `{"data":${data}}`;
      };
      const expected = await interpreted();
      const first = await planned();
      return { expected, first, again: isAskedAgain ? await planned() : first };
    },
  };
}
