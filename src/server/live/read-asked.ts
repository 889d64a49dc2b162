import { badInput } from "../../errors";
import type { Asking } from "../asking";
import type { Asked } from "./read-subscription";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** An object in the JSON of a parameter of the address. */
function fromJson(text: string | undefined, name: string): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badInput(`\`${name}\` in the address is not JSON.`);
  }
}

/** What a request asks before it is checked: its body, or the parameters of its address. */
export function askedBy({ method, body, query }: Pick<Asking, "method" | "body" | "query">): {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
} {
  if (method === "POST") return isObject(body) ? body : {};
  return query as Record<string, unknown>;
}

/** What a request asks. Throws BAD_USER_INPUT unless it is of the shape that GraphQL over HTTP has. */
export function readAsked(request: Pick<Asking, "method" | "body" | "query">): Asked {
  const { query, operationName, variables } = askedBy(request);
  const given = request.method === "GET" ? fromJson(variables as string | undefined, "variables") : variables;
  if (typeof query !== "string" || query === "") throw badInput("`query` must be the text of a GraphQL document.");
  if (operationName != null && typeof operationName !== "string") throw badInput("`operationName` must be text.");
  if (given != null && !isObject(given)) throw badInput("`variables` must be an object.");
  return { query, operationName, variables: given };
}
