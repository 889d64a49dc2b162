import { GraphQLError } from "graphql";
import { askedFields, certainFields, holesOf, type SubgraphRequest } from "./subgraph-request";

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

/** True if each field that was asked for is there, and each entity is null or has what was asked of it. */
function isWhole(data: Record<string, unknown>, isFaulty: boolean, request: SubgraphRequest): boolean {
  return askedFields(request).every(({ key, entities, selections, isCertain }) => {
    const given = data[key];
    if (entities === null) return isFaulty || !isCertain || Object.hasOwn(data, key);
    if (given === null || given === undefined) return isFaulty || !isCertain;
    if (!Array.isArray(given) || given.length !== entities.length) return false;
    const certain = new Map<string | undefined, string[]>();
    return given.every((entity, index) => {
      if (entity === null) return true;
      const { __typename } = entities[index];
      const names = certain.get(__typename) ?? certainFields(selections, __typename);
      certain.set(__typename, names);
      return isObject(entity) && names.every((name) => Object.hasOwn(entity, name));
    });
  });
}

/** Puts an error about entities that does not say which into each empty place that it may be about. Others stay as they are. */
function spread(error: GraphQLError, data: Record<string, unknown> | null, request: SubgraphRequest): GraphQLError[] {
  const { message, path = [], extensions } = error;
  if (path.length > 1) return [error];
  const holes = holesOf(request).filter(([key, index, name]) => {
    if (name === undefined || (path.length === 1 && path[0] !== key)) return false;
    const entity = (data?.[key] as readonly (Record<string, unknown> | null)[] | null | undefined)?.[index as number];
    return entity?.[name] == null;
  });
  if (holes.length === 0) return [error];
  return holes.map((place) => new GraphQLError(message, { path: place, extensions: { ...extensions, subgraph: request.subgraph } }));
}

/** Reads the JSON of an answer; null if it is no answer to what was asked, such as one with more or fewer entities or fields. */
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
  if (isObject(data) && !isWhole(data, errors.length > 0, request)) return null;
  const told = (key: string) => (isObject(extensions) && typeof extensions[key] === "string" ? extensions[key] : null);
  const [revision, sealed] = [told("revision"), told("sealedRevision")];
  const answered = data as Record<string, unknown> | null;
  // Where nothing is there and no error says of what, one is told for all (`askSubgraph`).
  const isPlaced = answered !== null || read.some((error) => error!.path);
  const placed = isPlaced ? (read as GraphQLError[]).flatMap((error) => spread(error, answered, request)) : (read as GraphQLError[]);
  return { data: answered, errors: placed, revision, sealed };
}
