import { GraphQLError } from "graphql";
import { askedFields, type SubgraphRequest } from "./subgraph-request";

/** What a subgraph answered. */
export interface SubgraphAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphQLError[];
  /** `extensions.revision`; null if there is none. */
  readonly revision: string | null;
  /** `extensions.sealedRevision`, which events have; null if there is none. */
  readonly sealed: string | null;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** An error as it may go on: its words, its place and its code. Where and how it came up inside is left out. */
function readError(value: unknown): GraphQLError | null {
  if (!isObject(value) || typeof value.message !== "string") return null;
  const { message, path, extensions } = value;
  const { code, requestId } = isObject(extensions) ? extensions : {};
  return new GraphQLError(message, {
    path: Array.isArray(path) ? (path as (string | number)[]) : undefined,
    extensions: {
      code: typeof code === "string" ? code : "INTERNAL_SERVER_ERROR",
      ...(typeof requestId === "string" ? { requestId } : {}),
    },
  });
}

/** Reads the JSON of an answer; null if it is no answer to what was asked, such as one with more or fewer entities. */
export function readAnswer(text: string, request: SubgraphRequest): SubgraphAnswer | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(body)) return null;
  const { data = null, errors = [], extensions } = body;
  if (!Array.isArray(errors) || (data === null ? errors.length === 0 : !isObject(data))) return null;
  const read = errors.map(readError);
  if (read.includes(null)) return null;
  for (const { key, entities } of askedFields(request)) {
    const given = (data as Record<string, unknown> | null)?.[key];
    if (entities !== null && given != null && !(Array.isArray(given) && given.length === entities.length)) return null;
  }
  const told = (key: string) => (isObject(extensions) && typeof extensions[key] === "string" ? extensions[key] : null);
  const [revision, sealed] = [told("revision"), told("sealedRevision")];
  return { data: data as SubgraphAnswer["data"], errors: read as GraphQLError[], revision, sealed };
}
