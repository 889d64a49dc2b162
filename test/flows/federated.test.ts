import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { seeded } from "../../bench/seeded";
import { createQueryGenerator } from "../support/generate-query";
import { joinedSchema } from "../support/joined";
import { type Federated, openFederated } from "../support/open-federated";
import { type Answer, askAnswer, likeJoined, withoutChance } from "./ask-answer";
import { TEST_SEED } from "../support/test-seed";
import { documentedQueries, idQueries, namedQueries, pools, writes } from "./twin-questions";
import { KEYS, writeTwinWorld } from "./twin-world";

/** Generated queries; FEDERATED_QUERIES asks for more by hand. */
const QUERIES = Number(process.env.FEDERATED_QUERIES ?? 25);

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
  open = await openFederated((dataSource) => writeTwinWorld(dataSource, { hasSecrets: true, idKey: Buffer.alloc(32, 7) }), {
    isApart: true,
  });
  const tables = ["domain", "account", "reference", "benchmark", "benchmark_version", "model", "submission", "observation", "release"];
  const union = [...tables.map((table) => `SELECT id FROM ${table}`), "SELECT contributor_id FROM account"].join(" UNION ");
  ids = (await open.dataSource.query(`SELECT id FROM (${union}) AS every ORDER BY id`)).map(({ id }: { id: string }) => id);
});
afterAll(() => open?.close());

/** An answer without the clocks of those who gave it: when a budget is whole again is told to the millisecond. */
const withoutClock = (answer: object): object =>
  JSON.parse(JSON.stringify(answer), (_, value: unknown) =>
    typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) && Math.abs(Date.parse(value) - Date.now()) < 120_000 ? "now" : value,
  ) as object;

/** Asks both, and expects the same. */
async function same(query: string, key: string | null, variables?: object): Promise<Answer> {
  const [joined, told] = await Promise.all([open.joined, open.gateway.url].map((url) => askAnswer(url, query, variables, key)));
  const federated = likeJoined(told, joined);
  const errors = hasRace(joined) && hasRace(federated) ? joined.errors : federated.errors;
  expect(withoutClock({ query, ...federated, errors })).toEqual(withoutClock({ query, ...joined }));
  return joined;
}

describe.each([
  ["nobody", null],
  ["the owner of secrets", KEYS.quiet],
])("behind a gateway, %s gets the same answer as joined (§9, §10)", (_, key) => {
  it("to every documented query in terms of this world, and the main questions of the flows", async () => {
    const queries = [...documentedQueries(), ...namedQueries(), ...idQueries(ids)].filter((query) => !/^(#.*\n)*\s*mutation/.test(query));
    const differing: string[] = [];
    for (const query of queries) await same(query, key).catch((error: Error) => differing.push(error.message));
    expect(differing).toEqual([]);
  });

  it(`to ${QUERIES} generated queries`, async () => {
    const generate = createQueryGenerator(joinedSchema().schema, { random: seeded(TEST_SEED), pools: pools(ids, ["x"]) });
    const differing: string[] = [];
    for (let count = 0; count < QUERIES; count++) await same(generate(), key).catch((error: Error) => differing.push(error.message));
    expect(differing).toEqual([]);
  }, 600_000);
});

// The last: it writes into both worlds.
it("mutations behind a gateway say and write the same as joined ones", async () => {
  const differing: unknown[] = [];
  for (const query of writes(ids).filter((each) => each !== `mutation { nothing }`)) {
    const [joined, federated] = await Promise.all(
      [open.joined, open.gateway.url].map((url) => askAnswer(url, query, undefined, KEYS.stranger)),
    );
    const told = [joined, likeJoined(federated, joined)].map(withoutChance);
    if (!isDeepStrictEqual(told[0], told[1])) differing.push({ query, told });
  }
  expect(differing).toEqual([]);
});
