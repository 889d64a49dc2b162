import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";

type Unchecked = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Unchecked => typeof value === "object" && value !== null && !Array.isArray(value);

const hashOf = (query: string): string => createHash("sha256").update(query).digest("hex");

function fromJson(text: unknown): unknown {
  if (text === undefined) return undefined;
  try {
    return typeof text === "string" ? (JSON.parse(text) as unknown) : NaN;
  } catch {
    return NaN;
  }
}

/** What a request says, from its body or its address. Null if that is not of a shape that need not be looked at twice. */
function saidBy({ method, body, query, headers }: FastifyRequest): Unchecked | null {
  if (method === "POST") return isObject(body) ? body : null;
  const said = query as Unchecked;
  // What a GET says of the type of its body is checked elsewhere.
  if (headers["content-type"] !== undefined) return null;
  return { ...said, variables: fromJson(said.variables), extensions: fromJson(said.extensions) };
}

/** The hash of the document that is asked: of its text, or as a client names it that has sent the text before. Null if the two differ, or if there is more to it. */
function documentHash({ query, extensions }: Unchecked): string | null {
  const text = typeof query === "string" && query !== "" ? hashOf(query) : null;
  if (extensions === undefined || extensions === null) return text;
  if (!isObject(extensions) || Object.keys(extensions).some((name) => name !== "persistedQuery")) return null;
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined) return text;
  if (!isObject(persistedQuery) || persistedQuery.version !== 1 || typeof persistedQuery.sha256Hash !== "string") return null;
  const named = persistedQuery.sha256Hash;
  return query === undefined || named === text ? named : null;
}

/**
 * What two requests share that ask the same: the hash of the document, the variables and the name of the operation. Null for a request
 * that is not quite of the form of GraphQL over HTTP, or that asks for something besides: it gets an answer of its own.
 */
export function questionKey(request: FastifyRequest): string | null {
  const said = saidBy(request);
  if (!said) return null;
  const hash = documentHash(said);
  const { variables = null, operationName = null } = said;
  if (hash === null || !(variables === null || isObject(variables))) return null;
  if (!(operationName === null || typeof operationName === "string")) return null;
  return JSON.stringify([hash, operationName, variables]);
}
