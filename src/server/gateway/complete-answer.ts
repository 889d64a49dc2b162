import { execute, type ExecutionArgs, type ExecutionResult, type GraphQLError, type GraphQLFieldResolver } from "graphql";

type Container = Record<string | number, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null && !(value instanceof Error);

/** Puts an error where it came up, or in the place of the empty value that it fell into. False if there is neither. */
function place(data: Container, error: GraphQLError): boolean {
  let at = data;
  const path = error.path ?? [];
  for (const [depth, key] of path.entries()) {
    const value = at[key];
    if (value === null || value === undefined) {
      at[key] = error;
      return true;
    }
    if (depth === path.length - 1 || !isContainer(value)) return false;
    at = value;
  }
  return false;
}

/** Reads a value under the name that it has in the answer. */
const readField: GraphQLFieldResolver<Container, unknown> = (source, _arguments, _context, { path }) => source[path.key];

/**
 * Makes an answer of what was gathered from subgraphs, as graphql-js completes values: a place that may not be empty takes what is around it
 * with it, each error is told once, and what is of another type than the schema says is an error, not a value.
 */
export async function completeAnswer(
  args: Pick<ExecutionArgs, "schema" | "document" | "operationName" | "variableValues" | "contextValue">,
  { data, errors = [] }: ExecutionResult,
): Promise<ExecutionResult> {
  const gathered: Container = isContainer(data) ? data : {};
  const left = errors.filter((error) => !place(gathered, error));
  const typeResolver = ({ __typename }: Container) => __typename as string;
  const completed = await execute({ ...args, rootValue: gathered, fieldResolver: readField as never, typeResolver: typeResolver as never });
  const all = [...(completed.errors ?? []), ...left];
  return { data: completed.data, ...(all.length > 0 ? { errors: all } : {}) };
}
