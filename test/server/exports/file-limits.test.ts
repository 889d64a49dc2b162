import { PassThrough } from "node:stream";
import { FilePlaces } from "../../../src/server/limits/file-places";
import { until } from "../../board/open-current";
import { giveKey } from "../../support/give-key";
import { joinedSchema } from "../../support/joined";
import type { Json } from "../../support/json";
import { seed } from "../../support/seed";
import { openServer, type OpenServer } from "../open-server";

const FILE = "/exports/vision/leaderboard.csv";
const opened: OpenServer[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});

async function open(options: Parameters<typeof openServer>[0]) {
  const server = await openServer({ endpoints: [{ path: "/graphql", schema: joinedSchema().schema }], ...options });
  opened.push(server);
  const { dataSource } = server.database;
  await seed(dataSource).domain("vision").tree("average\n  V1").account("lab").model("alpha").score("alpha", "V1", { raw: 0.5 }).write();
  await server.refresh();
  return {
    key: await giveKey(dataSource, "lab"),
    get: async (headers: Record<string, string> = {}) => {
      const { statusCode, headers: told, body } = await server.server.inject({ url: FILE, headers });
      return { status: statusCode, headers: told, body };
    },
  };
}

const refusal = (body: string) => (JSON.parse(body) as Json).errors[0].extensions as Json;

test("a file costs what its asker may use, an unchanged one as much as any request, and an account has its own budget", async () => {
  const { key, get } = await open({ config: { host: "127.0.0.1", port: 0, rates: { byAddress: 2_500, byAccount: 2_500 } } });
  const { status, headers } = await get();
  expect([status, headers.ratelimit]).toEqual([200, expect.stringMatching(/^"address";r=1499;/)]);
  const unchanged = await get({ "if-none-match": String(headers.etag) });
  expect([unchanged.status, unchanged.headers.ratelimit]).toEqual([304, expect.stringMatching(/^"address";r=1498;/)]);
  expect((await get()).status).toBe(200);
  const over = await get();
  expect([over.status, over.headers["cache-control"]]).toEqual([429, "no-store"]);
  expect(Number(over.headers["retry-after"])).toBeGreaterThan(0);
  expect(refusal(over.body).code).toBe("RATE_LIMITED");
  const other = await get({ authorization: `Bearer ${key}` });
  expect([other.status, other.headers.ratelimit]).toEqual([200, expect.stringMatching(/^"account";r=1499;/)]);
});

test("a key that is good for nobody costs as much as at /graphql", async () => {
  const { get } = await open({ config: { host: "127.0.0.1", port: 0, rates: { byAddress: 1_500, byAccount: null } } });
  const tries = [await get({ authorization: "Bearer st_no" }), await get({ authorization: "Bearer st_no" })];
  expect(tries.map(({ status }) => status)).toEqual([401, 429]);
});

test.each([
  [429, "RATE_LIMITED", { all: 1, each: 0 }],
  [503, "UNAVAILABLE", { all: 0, each: 1 }],
])("who finds no place is told %d, and when to come again", async (status, code, fileLimits) => {
  const { get } = await open({ fileLimits });
  const told = await get();
  expect([told.status, told.headers["retry-after"], refusal(told.body).code]).toEqual([status, "5", code]);
  expect(told.headers).not.toHaveProperty("etag");
});

test("a place is held until the file is sent or its asker has gone, by each and by all", async () => {
  const places = new FilePlaces({ all: 3, each: 2 });
  const enter = (asker: string | null) => {
    const raw = new PassThrough();
    places.enter(asker, { raw: raw as never });
    return raw.resume();
  };
  const [sent, gone] = [enter("a"), enter("a")];
  expect(() => enter("a")).toThrow(expect.objectContaining({ code: "RATE_LIMITED" }));
  enter("b");
  for (const asker of ["b", null]) expect(() => enter(asker)).toThrow(expect.objectContaining({ code: "UNAVAILABLE" }));
  sent.end();
  gone.destroy();
  await until(() => sent.destroyed);
  await new Promise(setImmediate);
  enter("a");
  enter(null);
  expect(() => enter(null)).toThrow(expect.objectContaining({ code: "UNAVAILABLE" }));
});
