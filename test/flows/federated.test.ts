import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { seeded } from "../../bench/seeded";
import { askHttp } from "../support/ask-http";
import { createQueryGenerator } from "../support/generate-query";
import { joinedSchema } from "../support/joined";
import { type Federated, openFederated } from "../support/open-federated";
import { documentedQueries, idQueries, namedQueries, pools, writes } from "./twin-questions";
import { KEYS, writeTwinWorld } from "./twin-world";

/** Generated queries; FEDERATED_QUERIES asks for more by hand, FEDERATED_SEED for others. */
const QUERIES = Number(process.env.FEDERATED_QUERIES ?? 25);
const SEED = Number(process.env.FEDERATED_SEED ?? 1);

interface Answer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors: readonly string[];
  readonly extensions: unknown;
}

/** What must be the same of an answer: status, data, revision, and of errors code and path. */
async function ask(url: string, query: string, variables: object | undefined, key: string | null): Promise<Answer> {
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
  return { status, data, errors: [...new Set(told)].sort(), extensions };
}

/**
 * True if an answer lost a place to one of several errors: which of them is told depends on which was first, so that only that there are
 * some can be compared.
 */
const hasRace = ({ errors, data }: Answer): boolean =>
  errors.some(
    (error) =>
      (JSON.parse(error) as [(string | number)[] | null])[0]?.reduce<unknown>(
        (at, key) => (at as Record<string, unknown> | null | undefined)?.[key],
        data,
      ) === undefined,
  );

let open: Federated;
let ids: string[];
beforeAll(async () => {
  open = await openFederated((dataSource) => writeTwinWorld(dataSource, { hasSecrets: true, idKey: Buffer.alloc(32, 7) }));
  const tables = ["domain", "account", "reference", "benchmark", "benchmark_version", "model", "submission", "observation", "release"];
  const union = [...tables.map((table) => `SELECT id FROM ${table}`), "SELECT contributor_id FROM account"].join(" UNION ");
  ids = (await open.dataSource.query(`SELECT id FROM (${union}) AS every ORDER BY id`)).map(({ id }: { id: string }) => id);
}, 60_000);
afterAll(() => open?.close());

/** Asks both, and expects the same. */
async function same(query: string, key: string | null, variables?: object): Promise<Answer> {
  const [joined, federated] = await Promise.all([ask(open.joined, query, variables, key), ask(open.gateway.url, query, variables, key)]);
  // What no subgraph was asked for is computed from no revision.
  const { extensions = joined.extensions } = federated;
  const errors = hasRace(joined) && hasRace(federated) ? joined.errors : federated.errors;
  expect({ query, ...federated, extensions, errors }).toEqual({ query, ...joined });
  return joined;
}

describe.each([
  ["nobody", null],
  ["the owner of secrets", KEYS.quiet],
])("behind a gateway, %s gets the same answer as joined (§9, §10)", (_, key) => {
  it("to every documented operation and the main questions of the flows, more than 60", async () => {
    const queries = [...documentedQueries(), ...namedQueries(), ...idQueries(ids)].filter((query) => !/^(#.*\n)*\s*mutation/.test(query));
    expect(queries.length).toBeGreaterThan(60);
    const differing: string[] = [];
    for (const query of queries) await same(query, key).catch((error: Error) => differing.push(error.message));
    expect(differing).toEqual([]);
  }, 60_000);

  it(`to ${QUERIES} generated queries`, async () => {
    const generate = createQueryGenerator(joinedSchema().schema, { random: seeded(SEED), pools: pools(ids, ["x"]) });
    const differing: string[] = [];
    for (let count = 0; count < QUERIES; count++) await same(generate(), key).catch((error: Error) => differing.push(error.message));
    expect(differing).toEqual([]);
  }, 600_000);
});

describe("mutations behind a gateway", () => {
  let other: Federated;
  beforeAll(async () => {
    other = await openFederated((dataSource) => writeTwinWorld(dataSource, { hasSecrets: true, idKey: Buffer.alloc(32, 7) }));
  }, 60_000);
  afterAll(() => other?.close());

  /** What differs from one world to the next: when something was written, and keys that are made at random. */
  const told = (answer: Answer): unknown =>
    JSON.parse(
      JSON.stringify(answer)
        .replaceAll(/"20\d\d-\d\d-\d\dT[^"]*"/g, `"then"`)
        .replaceAll(/"(prefix|text)":"[^"]*"/g, `"$1":"made"`),
    );

  it("say and write the same as joined ones", async () => {
    const differing: unknown[] = [];
    for (const query of writes(ids).filter((each) => each !== `mutation { nothing }`)) {
      const joined = told(await ask(open.joined, query, undefined, KEYS.stranger));
      const federated = told(await ask(other.gateway.url, query, undefined, KEYS.stranger));
      if (!isDeepStrictEqual(joined, federated)) differing.push({ query, joined, federated });
    }
    expect(differing).toEqual([]);
  }, 120_000);
});
