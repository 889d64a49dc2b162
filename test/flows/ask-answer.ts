import { askHttp } from "../support/ask-http";

/** What is told of an answer: all that must be the same joined and federated. */
export interface Answer {
  readonly status: number;
  readonly data?: unknown;
  /** Path and code of each, in order. */
  readonly errors: readonly string[];
  readonly extensions: unknown;
}

/** Asks a server at `/graphql`, by a key or as nobody. */
export async function askAnswer(url: string, query: string, variables: object | undefined, key: string | null): Promise<Answer> {
  const headers = key === null ? undefined : { authorization: `Bearer ${key}` };
  const { status, body } = await askHttp(url, { path: "/graphql", body: { query, variables }, headers });
  const {
    data,
    errors = [],
    extensions,
  } = JSON.parse(Buffer.from(body, "latin1").toString()) as {
    data?: unknown;
    errors?: { path?: unknown; extensions?: { code?: string } }[];
    extensions?: object;
  };
  const told = errors.map(({ path, extensions: { code } = {} }) => JSON.stringify([path ?? null, code]));
  return { status, data, errors: told, extensions };
}

/** An answer without what differs from one world to the next: when something was written, what depends on that, and keys made at random. */
export const withoutChance = (answer: Answer): unknown =>
  JSON.parse(
    JSON.stringify(answer)
      .replaceAll(/"20\d\d-\d\d-\d\dT[^"]*"/g, `"then"`)
      .replaceAll(/"lastUsedAt":null/g, `"lastUsedAt":"then"`)
      .replaceAll(/api-key_[\w-]{22}/g, "api-key")
      .replaceAll(/"(prefix|text|secret|checksum)":"[^"]*"/g, `"$1":"made"`),
  );

/** A federated answer as a joined one is: where no subgraph was asked, it is computed from no revision, and names none. */
export const likeJoined = (federated: Answer, joined: Answer): Answer => ({
  ...federated,
  extensions: federated.extensions ?? joined.extensions,
});
