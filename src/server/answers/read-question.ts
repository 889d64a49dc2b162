import { createHash } from "node:crypto";
import type { Asking } from "../asking";
import { isTooDeep } from "../is-too-deep";

type Unchecked = Readonly<Record<string, unknown>>;

/** What a request asks, in the usual form of GraphQL over HTTP. */
export interface Question {
  /** Null where the document is named by its hash alone. */
  readonly text: string | null;
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
  readonly operationName: string | null;
  readonly variables: Unchecked | null;
  /** True if nothing is asked for besides, so that the same question has the same answer. */
  readonly isPlain: boolean;
}

const isObject = (value: unknown): value is Unchecked => typeof value === "object" && value !== null && !Array.isArray(value);

const hashOf = (query: string): string => createHash("sha256").update(query).digest("hex");

function fromJson(text: unknown): unknown {
  if (text === undefined) return undefined;
  try {
    const value = typeof text === "string" ? (JSON.parse(text) as unknown) : NaN;
    return isTooDeep(value) ? NaN : value;
  } catch {
    return NaN;
  }
}

/** What a request says, from its body or its address. Null if that is not of a shape that need not be looked at twice. */
function saidBy({ method, body, query, headers }: Asking): Unchecked | null {
  if (method === "POST") return isObject(body) ? body : null;
  const said = query as Unchecked;
  // What a GET says of the type of its body is checked elsewhere.
  if (method !== "GET" || headers["content-type"] !== undefined) return null;
  return { ...said, variables: fromJson(said.variables), extensions: fromJson(said.extensions) };
}

/** The hash by which extensions name the document that was sent before; undefined if they do not, null if they do so wrongly. */
function persistedHash(extensions: Unchecked): string | null | undefined {
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined) return undefined;
  const isRight = isObject(persistedQuery) && persistedQuery.version === 1 && typeof persistedQuery.sha256Hash === "string";
  return isRight ? (persistedQuery.sha256Hash as string) : null;
}

/** What a request asks. Null for one that is not quite of the usual form: what is wrong with it, if anything, is said elsewhere. */
export function readQuestion(request: Asking): Question | null {
  const said = saidBy(request);
  if (!said) return null;
  const { query, variables = null, operationName = null, extensions = null } = said;
  if (!(variables === null || isObject(variables)) || !(operationName === null || typeof operationName === "string")) return null;
  if (!(extensions === null || isObject(extensions)) || !(query === undefined || (typeof query === "string" && query !== ""))) return null;
  const persisted = extensions === null ? undefined : persistedHash(extensions);
  if (persisted === null) return null;
  const hash = query === undefined ? persisted : hashOf(query);
  if (hash === undefined || (persisted !== undefined && persisted !== hash)) return null;
  const isPlain = extensions === null || Object.keys(extensions).every((name) => name === "persistedQuery");
  return { text: query ?? null, hash, operationName, variables, isPlain };
}
