import {
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFieldResolver,
  isNonNullType,
  responsePathAsArray,
} from "graphql";

import { own, type Thing } from "./representations";

type Path = readonly (string | number)[];
type Container = Record<string | number, unknown>;

const isContainer = (value: unknown): value is Container => typeof value === "object" && value !== null && !(value instanceof Error);

const named = (path: Path): Path => path.filter((key) => typeof key === "string");

/**
 * An error with its whole path. The runtime knows where it asked for what failed, but forgets places in lists below that; the subgraph told
 * them (`extensions.place`).
 */
function withPlace(error: GraphQLError): GraphQLError {
  const { place, ...extensions } = error.extensions as { place?: Path };
  const path = error.path ?? [];
  if (!place) return error;
  const within = place[0] === "_entities" || place[0].toString().endsWith("__entities") ? place.slice(2) : place;
  let start = path.length;
  for (let left = named(within).length; left > 0 && start > 0; start--) if (typeof path[start - 1] === "string") left--;
  const isTail = named(within).every((key, index) => key === named(path.slice(start))[index]);
  return new GraphQLError(error.message, { path: isTail ? [...path.slice(0, start), ...within] : path, extensions });
}

/** Puts an error where it came up, or in the place of the empty value that it fell into. False if there is neither. */
function place(data: Container, error: GraphQLError): boolean {
  let at = data;
  const path = error.path ?? [];
  for (const [depth, key] of path.entries()) {
    const value = own(at as Thing, key);
    if (value === null || value === undefined) {
      at[key] = error;
      return true;
    }
    if (depth === path.length - 1 || !isContainer(value)) return false;
    at = value;
  }
  return false;
}

/**
 * Reads values under the names that they have in the answer. `lost`: why fields of the root are not there; those that may not be empty are
 * empty for the same reason. Errors are told the place in the document that they belong to.
 */
const reader =
  (root: Container, lost: Error | undefined): GraphQLFieldResolver<Container, unknown> =>
  (source, _arguments, _context, { path, fieldNodes, returnType }) => {
    const given = Object.hasOwn(source, path.key) ? source[path.key] : null;
    const value = given ?? (source === root && isNonNullType(returnType) ? lost : null);
    if (!(value instanceof GraphQLError) || value.path?.length !== responsePathAsArray(path).length) return value;
    return new GraphQLError(value.message, { path: value.path, extensions: value.extensions, nodes: fieldNodes });
  };

/**
 * Makes an answer of what was gathered from subgraphs, as graphql-js completes values: a place that may not be empty takes what is around it
 * with it, each error is told once, and what is of another type than the schema says is an error, not a value.
 */
export async function completeAnswer(
  args: Pick<ExecutionArgs, "schema" | "document" | "operationName" | "variableValues" | "contextValue">,
  { data, errors: told = [] }: ExecutionResult,
): Promise<ExecutionResult> {
  const errors = told.map(withPlace);
  const gathered: Container = isContainer(data) ? data : {};
  // A field of the root that may not be empty takes with it all that was asked of its subgraph beside it.
  const lost = errors.find(({ path: [field] = [] }) => field === undefined || !Object.hasOwn(gathered, field));
  const left = errors.filter((error) => !place(gathered, error));
  const typeResolver = ({ __typename }: Container) => __typename as string;
  const fieldResolver = reader(gathered, lost) as never;
  const completed = await execute({ ...args, rootValue: gathered, fieldResolver, typeResolver: typeResolver as never });
  const all = [...(completed.errors ?? []), ...left];
  return { data: completed.data, ...(all.length > 0 ? { errors: all } : {}) };
}
