import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { giveKey } from "../support/give-key";
import { askHttp } from "../support/ask-http";
import { joinedSchema } from "../support/joined";
import { TEST_SEED } from "../support/test-seed";
import { KEYS } from "../flows/twin-world";
import type { Seeded } from "../../bench/seeded";
import { drawOperation, nastyPools } from "./draw-operation";
import { askHonestly, faultOf } from "./judge";
import { type Attacked, openAttacked } from "./open-attacked";

/** Operations; any number by hand, with any seed: SCORETREE_FUZZ=100000 SCORETREE_TEST_SEED=random. */
const OPERATIONS = Number(process.env.SCORETREE_FUZZ ?? 5_000);

/** Share of them that goes through the gateway. */
const FEDERATED = 0.1;

/** So many are on their way at once. */
const LANES = 4;

let open: Attacked;
const keys: Record<string, string> = { ...KEYS };
beforeAll(async () => {
  // Generated operations have an alias for each field: they are to be executed.
  open = await openAttacked({
    SCORETREE_MAX_ALIASES: "2000",
    SCORETREE_MAX_TOKENS: "20000",
    SCORETREE_MAX_DIRECTIVES: "2000",
    SCORETREE_RATE_BY_ACCOUNT: "0",
  });
  keys.boss = await giveKey(open.dataSource, "boss");
});
afterAll(() => open?.close());

/** Who asks: nobody more often than others. */
const ASKERS = [null, null, null, "stranger", "quiet", "boss"];

/** Chance as fast-check gives it, so that what fails is made smaller. */
const chance = (draw: fc.GeneratorValue): Seeded => ({
  uniform: () => draw(fc.nat, 2 ** 31 - 2) / 2 ** 31,
  integer: (count) => draw(fc.nat, count - 1),
});

describe.each(["joined", "gateway"] as const)("the %s API", (served) => {
  const count = Math.round(OPERATIONS * (served === "gateway" ? FEDERATED : 1 - FEDERATED));

  it(
    `answers ${count} operations, good and almost, with data or with what is wrong with them`,
    async () => {
      const { schema } = joinedSchema();
      const cursors = ["x"];
      const pools = nastyPools(open.ids, cursors);
      const server = open[served];
      const codes: Record<string, number> = {};
      let turns = 0;
      const property = fc.asyncProperty(fc.gen(), async (draw) => {
        const random = chance(draw);
        const asker = ASKERS[random.integer(ASKERS.length)];
        const asked = drawOperation(schema, { random, pools, writing: asker === null ? 0.05 : 0.3 });
        const headers = asker === null ? undefined : { authorization: `Bearer ${keys[asker]}` };
        const begin = performance.now();
        const { status, body } = await askHttp(server.url, { path: "/graphql", body: asked, headers });
        const text = Buffer.from(body, "latin1").toString();
        const fault = faultOf({ status, body: text, milliseconds: performance.now() - begin }, JSON.stringify(asked));
        if (fault) throw new Error(`${fault}\n${asker ?? "nobody"}: ${JSON.stringify(asked)}\n${text.slice(0, 2_000)}`);
        // It took its own key away.
        if (status === 401 && asker) keys[asker] = await giveKey(open.dataSource, asker);
        for (const [, code] of text.matchAll(/"code":"([A-Z_]+","limit":"\w+|[A-Z_]+)"/g)) codes[code] = (codes[code] ?? 0) + 1;
        if (!text.includes(`"errors"`)) codes.none = (codes.none ?? 0) + 1;
        for (const [, cursor] of text.matchAll(/"([\w-]{40,})"/g)) if (cursors.length < 200) cursors.push(cursor);
        if (turns++ % 100 > 0) return;
        const dishonest = await askHonestly(server);
        if (dishonest) throw new Error(dishonest);
      });
      const lane = (number: number) =>
        fc.assert(property, { seed: TEST_SEED + number, numRuns: Math.ceil(count / LANES), interruptAfterTimeLimit: 24 * 3_600_000 });
      await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
      expect(await askHonestly(server)).toBeNull();
      if (process.env.SCORETREE_FUZZ) console.log(served, codes);
      // Otherwise nothing was tested.
      expect(Object.keys(codes)).toEqual(expect.arrayContaining(["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_USER_INPUT"]));
      expect(codes.none).toBeGreaterThan(count / 20);
    },
    24 * 3_600_000,
  );
});

it("no server wrote an error to its log", () => {
  for (const server of [open.joined, open.subgraphs, open.gateway])
    expect(server.printed().match(/^.*"level":[56]0.*$/gm) ?? []).toEqual([]);
});
