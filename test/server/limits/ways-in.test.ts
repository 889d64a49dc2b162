import { createHash } from "node:crypto";
import { once } from "node:events";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { WebSocket } from "ws";
import { zeroLimitCounts } from "../../../src/server/limits/limit-counts";
import { askHttp, type HttpQuestion } from "../../support/ask-http";
import { giveKey } from "../../support/give-key";
import type { Json } from "../../support/json";
import { seed } from "../../support/seed";
import { openServer, type OpenServer } from "../open-server";

const DEEP = 4;
const NODES = 150;

const API = `
  directive @listSize(assumedSize: Int, slicingArguments: [String!]) on FIELD_DEFINITION
  type Thing { self: Thing! name: String! things(first: Int, names: [String!]): [Thing!]! @listSize(assumedSize: 10, slicingArguments: ["first"]) wait: String! }
  type Query { thing: Thing! }
  type Mutation { thing(names: [String!]): Thing! }
  type Subscription { thing: Thing! }`;

const gone: AbortSignal[] = [];
const thing = { self: () => thing, name: "x", things: () => [], wait: (_: unknown, { signal }: { signal: AbortSignal }) => (gone.push(signal), new Promise(() => undefined)) }; // prettier-ignore
const schema = makeExecutableSchema({ typeDefs: API, resolvers: { Query: { thing: () => thing }, Mutation: { thing: () => thing } } });

const counts = zeroLimitCounts();
let now = 1_000_000;
let open: OpenServer;
let url: string;
let key: string;

beforeAll(async () => {
  open = await openServer({
    endpoints: [
      { path: "/graphql", schema, sdl: API },
      {
        path: "/graphql/alone",
        schema: makeExecutableSchema({
          // As a subgraph's, which can be asked for traces.
          typeDefs: API.replace(/type Subscription.*/, "extend type Query { _service: String }"),
          resolvers: { Query: { thing: () => thing } },
        }),
        sdl: API,
        isForGateway: true,
      },
    ],
    config: {
      ...{ host: "127.0.0.1", port: 0, trustedProxies: ["loopback"] },
      limits: { depth: DEEP, nodes: NODES, milliseconds: 300 },
      rates: { byAddress: 300, byAccount: 1_000 },
    },
    limitCounts: counts,
    now: () => now,
  });
  await seed(open.database.dataSource).account("lab").write();
  key = await giveKey(open.database.dataSource, "lab");
  url = await open.server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => open?.close());
beforeEach(() => void (now += 60_000));

const asked = (question: HttpQuestion) =>
  askHttp(url, question).then(({ status, headers, body }) => ({
    status,
    headers,
    ...(JSON.parse(body) as { data?: Json; errors?: Json[] }),
  }));

const deep = (levels: number): string => `{ thing ${"{ self ".repeat(levels - 2)}{ name }${" }".repeat(levels - 1)}`;
const SPEC = { accept: "application/graphql-response+json" };
const hash = (query: string): string => createHash("sha256").update(query).digest("hex");
const parameters = (of: Record<string, unknown>): string =>
  Object.entries(of).map(([name, value]) => `${name}=${encodeURIComponent(typeof value === "string" ? value : JSON.stringify(value))}`).join("&"); // prettier-ignore

const tooDeep = { code: "TOO_MANY", limit: "depth", most: DEEP, got: DEEP + 1 };
const tooMany = { code: "TOO_MANY", limit: "nodes", most: NODES, got: NODES + 1 };
const things = (first: number): string => `{ thing { things(first: ${first}) { name } } }`;

describe.each<[string, (query: string) => Promise<{ data?: Json; errors?: Json[]; status?: number }>]>([
  ["by POST", (query) => asked({ path: "/graphql", headers: SPEC, body: { query } })],
  ["by GET", (query) => asked({ path: `/graphql?${parameters({ query })}`, headers: SPEC })],
  [
    "by the hash of a text that was sent before",
    async (query) => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: hash(query) } };
      await asked({ path: "/graphql", headers: SPEC, body: { query, extensions } });
      return asked({ path: `/graphql?${parameters({ extensions })}`, headers: SPEC });
    },
  ],
  ["at a subgraph", (query) => asked({ path: "/graphql/alone", headers: SPEC, body: { query } })],
])("what is asked %s", (way, ask) => {
  it("may be as deep as the limit says, and no deeper", async () => {
    expect((await ask(deep(DEEP))).errors).toBeUndefined();
    const { errors, status } = await ask(deep(DEEP + 1));
    // A text that was refused is not kept by its hash.
    if (way.startsWith("by the hash")) return expect(errors![0].extensions.code).toBe("PERSISTED_QUERY_NOT_FOUND");
    expect(errors).toMatchObject([{ extensions: tooDeep }]);
    expect(status).toBe(400);
  });

  it("may lead to as many nodes as the limit says, and to no more", async () => {
    expect((await ask(things(NODES - 1))).errors).toBeUndefined();
    const { errors } = await ask(things(NODES));
    if (way.startsWith("by the hash")) return expect(errors![0].extensions.code).toBe("PERSISTED_QUERY_NOT_FOUND");
    expect(errors).toMatchObject([{ extensions: tooMany }]);
  });
});

/** The first thing that a subscriber is told, over both transports. */
async function bySocket(query: string): Promise<Json> {
  const socket = new WebSocket(url.replace("http", "ws") + "/graphql", "graphql-transport-ws");
  await once(socket, "open");
  const hear = async () => JSON.parse(String((await once(socket, "message"))[0])) as Json;
  socket.send(JSON.stringify({ type: "connection_init" }));
  await hear();
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query } }));
  const { payload } = await hear();
  socket.terminate();
  return payload;
}

async function byEvents(query: string): Promise<Json> {
  const { body } = await askHttp(url, { path: "/graphql", headers: { accept: "text/event-stream" }, body: { query } });
  return JSON.parse(/data: (\{.*\})/.exec(body)![1]).errors;
}

describe.each([
  ["over a WebSocket", bySocket],
  ["as a stream of events", byEvents],
])("a subscription %s", (_, hear) => {
  it("is held to the same limits, and costs its asker as much", async () => {
    expect(await hear(`subscription ${deep(DEEP + 1)}`)).toMatchObject([{ extensions: tooDeep }]);
    expect(await hear(`subscription ${things(NODES)}`)).toMatchObject([{ extensions: tooMany }]);
    expect(counts.exceededTotal).toBeGreaterThan(1);
    const [first, second] = ["first", "second"].map((alias) => `{ ${alias}${hear.name}: ${things(130).slice(2)}`);
    await asked({ path: "/graphql", body: { query: first } });
    await asked({ path: "/graphql", body: { query: second } });
    expect(await hear(`subscription ${things(130)}`)).toMatchObject([{ extensions: { code: "RATE_LIMITED", limit: 300 } }]);
  });
});

describe("what may be used in a minute", () => {
  it("is told in headers, and with 429 and when to come again once it is used up", async () => {
    const first = await asked({ path: "/graphql", body: { query: things(148) } });
    expect(first).toMatchObject({
      status: 200,
      headers: { "ratelimit-policy": `"address";q=300;w=60`, ratelimit: `"address";r=151;t=60` },
    });
    const second = await asked({ path: "/graphql", body: { query: `{ again: thing { things(first: 149) { name } } }` } });
    expect(second.errors).toBeUndefined();
    const third = await asked({ path: "/graphql", body: { query: `{ more: thing { name } }` } });
    expect(third).toMatchObject({ status: 200, headers: { ratelimit: `"address";r=0;t=60` } });
    const refused = await asked({ path: "/graphql", body: { query: `{ last: thing { name } }` } });
    expect(refused).toMatchObject({ status: 429, headers: { "retry-after": "60", ratelimit: `"address";r=0;t=60` } });
    expect(refused.errors).toMatchObject([{ extensions: { code: "RATE_LIMITED", limit: 300, remaining: 0, retryAfter: 60 } }]);
    expect(open.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
    now += 60_000;
    expect((await asked({ path: "/graphql", body: { query: `{ last: thing { name } }` } })).status).toBe(200);
  });

  it("is 1 for an answer that is kept", async () => {
    const query = "{ kept: thing { things(first: 20) { name } } }";
    const left = async () => Number(/r=(\d+)/.exec(String((await asked({ path: "/graphql", body: { query } })).headers.ratelimit))![1]);
    expect([await left(), await left(), await left()]).toEqual([279, 278, 277]);
  });

  it("is a whole number whatever variables say", async () => {
    const query = "query ($n: Int!) { thing { things(first: $n) { name } } }";
    const { headers } = await asked({ path: "/graphql", body: { query, variables: { n: 1.5 } } });
    expect(headers.ratelimit).toMatch(/^"address";r=\d+;t=60$/);
  });

  it("is of the account whose key is sent, and of each address that a trusted proxy names", async () => {
    const policy = async (headers: Record<string, string>) =>
      (await asked({ path: "/graphql", headers, body: { query: `{ thing { name } }` } })).headers.ratelimit;
    expect(await policy({ authorization: `Bearer ${key}` })).toMatch(/^"account";r=99\d;/);
    expect(await policy({ "x-forwarded-for": "192.0.2.1" })).toBe(`"address";r=299;t=60`);
    expect(await policy({ "x-forwarded-for": "192.0.2.2" })).toBe(`"address";r=299;t=60`);
  });
});

describe("a query", () => {
  it("that takes too long is ended, told so, and stopped; one that reads by variables is held to what they say", async () => {
    const late = await asked({ path: "/graphql", headers: SPEC, body: { query: "{ thing { wait } }" } });
    expect(late).toMatchObject({ status: 400, errors: [{ extensions: { code: "TIMEOUT", limit: "milliseconds", most: 300 } }] });
    expect(gone.at(-1)!.aborted).toBe(true);
    expect(counts).toMatchObject({ timeoutTotal: 1, running: 0, runningCost: 0 });
    const query = "query ($n: Int!) { thing { things(first: $n) { name } } }";
    const by = (n: number) => asked({ path: "/graphql", headers: SPEC, body: { query, variables: { n } } });
    expect((await by(NODES - 1)).status).toBe(200);
    expect((await by(NODES)).errors).toMatchObject([{ extensions: tooMany }]);
  });

  it("is ended in time where a trace of it is asked for, too", async () => {
    const headers = { ...SPEC, "apollo-federation-include-trace": "ftv1" };
    const traced = (query: string) => asked({ path: "/graphql/alone", headers, body: { query } });
    expect((await traced("{ thing { wait } }")).errors).toMatchObject([{ extensions: { code: "TIMEOUT", limit: "milliseconds" } }]);
    expect(gone.at(-1)!.aborted).toBe(true);
    expect(await traced("{ thing { name } }")).toMatchObject({ status: 200, extensions: { ftv1: expect.any(String) } });
  });

  it("takes no long lists in variables; what is written has bounds of its own", async () => {
    const names = (count: number) => Array.from({ length: count }, () => "x");
    const ask = (query: string, count: number) =>
      asked({
        path: "/graphql",
        headers: { ...SPEC, authorization: `Bearer ${key}` },
        body: { query, variables: { names: names(count) } },
      });
    const query = "query ($names: [String!]) { thing { things(first: 1, names: $names) { name } } }";
    expect((await ask(query, 1_000)).errors).toBeUndefined();
    expect((await ask(query, 1_001)).errors).toMatchObject([{ extensions: { code: "TOO_MANY", limit: "listEntries", most: 1_000 } }]);
    expect((await ask("mutation ($names: [String!]) { thing(names: $names) { name } }", 1_001)).errors).toBeUndefined();
  });

  it("is one: several in one body are refused", async () => {
    const { status, errors } = await asked({ path: "/graphql", body: [{ query: "{ thing { name } }" }, { query: "{ thing { name } }" }] });
    expect(status).toBe(400);
    expect(errors).toHaveLength(1);
  });
});
