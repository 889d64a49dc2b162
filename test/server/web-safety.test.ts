import { once } from "node:events";
import { WebSocket } from "ws";
import { askHttp, type HttpAnswer, type HttpQuestion } from "../support/ask-http";
import type { Json } from "../support/json";
import { type Federated, openFederated } from "../support/open-federated";
import { seed } from "../support/seed";

const ALLOWED = "https://lab.example";
const FOREIGN = "https://lab.example.evil.example";
const QUERY = { query: `{ domains { slug } }` };

/** What every answer says, of whatever kind. */
const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "strict-transport-security": "max-age=31536000",
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

let federated: Federated;
const places = (): [string, string, string][] => [
  ["the joined server", federated.joined, "/graphql"],
  ["the gateway", federated.gateway.url, "/graphql"],
  ["a subgraph", new URL(federated.subgraphs.benchmarks).origin, "/graphql/benchmarks"],
];

beforeAll(async () => {
  const write = (dataSource: Federated["dataSource"]) =>
    seed(dataSource).domain("vision").tree("average\n  V1").model("alpha").score("alpha", "V1", { raw: 0.5 }).write();
  const publicUrl = "https://scores.example";
  federated = await openFederated(write, {
    config: { publicUrl, allowedOrigins: [ALLOWED], introspection: false },
    environment: { SCORETREE_PUBLIC_URL: publicUrl, SCORETREE_ALLOWED_ORIGINS: ALLOWED, SCORETREE_INTROSPECTION: "off" },
  });
});
afterAll(() => federated?.close());

describe("every answer", () => {
  test("tells browsers to run, frame and guess nothing", async () => {
    for (const [name, url, path] of places()) {
      const kinds: HttpQuestion[] = [
        { path, body: QUERY },
        // The same once more is answered from what is kept.
        { path, body: QUERY },
        { path: `${path}?query=${encodeURIComponent("{ __typename }")}` },
        { path, body: { query: "{ nothing }" } },
        { path, body: QUERY, headers: { authorization: "Bearer st_nobodys" } },
        { path, body: QUERY, headers: { "content-type": "text/plain" } },
        { path, method: "DELETE" },
        { path: "/nothing-here" },
        { path: "/%" },
        { path: "/health/live" },
        { path: "/health/ready" },
        ...(name === "a subgraph" ? [] : [{ path: "/exports/vision/leaderboard.csv" }, { path: "/exports/" }]),
      ];
      for (const asked of kinds) {
        const { headers } = await askHttp(url, asked);
        expect([name, asked, headers]).toEqual([name, asked, expect.objectContaining(ALWAYS)]);
        expect(headers["permissions-policy"]).toMatch("camera=()");
      }
    }
  });

  test("does so too where it is a stream of events", async () => {
    for (const [name, url] of places().slice(0, 2)) {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream", origin: ALLOWED },
        body: JSON.stringify({ query: `subscription { standingsChanged(domain: "vision") { revision } }` }),
      });
      expect([name, Object.fromEntries(response.headers)]).toEqual([name, expect.objectContaining(ALWAYS)]);
      expect(response.headers.get("access-control-allow-origin")).toBe(ALLOWED);
      await response.body!.cancel();
    }
  });
});

describe("pages of other sites", () => {
  const crossing = ({ headers }: HttpAnswer) => Object.keys(headers).filter((name) => name.startsWith("access-control-"));

  test("may read what is answered where their origin is allowed, to the letter", async () => {
    for (const [name, url, path] of places())
      for (const asked of [{ path, body: QUERY }, { path, body: QUERY }, { path: "/nothing-here" }, { path: "/health/live" }]) {
        const allowed = await askHttp(url, { ...asked, headers: { origin: ALLOWED } });
        expect([name, allowed.headers]).toEqual([name, expect.objectContaining({ "access-control-allow-origin": ALLOWED })]);
        expect(allowed.headers["access-control-expose-headers"]).toMatch("ratelimit");
        expect(allowed.headers).not.toHaveProperty("access-control-allow-credentials");
        expect(allowed.headers.vary).toMatch("origin");
        for (const origin of [FOREIGN, "null", "http://lab.example", "https://lab.example:444", "https://LAB.example", ""]) {
          const foreign = await askHttp(url, { ...asked, headers: { origin } });
          expect([name, origin, crossing(foreign)]).toEqual([name, origin, []]);
          expect(foreign.headers.vary).toMatch("origin");
        }
      }
  });

  test("are told before they ask whether they may", async () => {
    const wanted = { "access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type" };
    for (const [name, url, path] of places())
      for (const at of [path, "/exports/vision/leaderboard.csv"]) {
        const ask = (origin: string) => askHttp(url, { method: "OPTIONS", path: at, headers: { origin, ...wanted } });
        const { status, headers, body } = await ask(ALLOWED);
        expect([name, status, body]).toEqual([name, 204, ""]);
        expect(headers).toMatchObject({ "access-control-allow-origin": ALLOWED, "access-control-max-age": "7200" });
        expect(headers["access-control-allow-methods"]).toMatch("POST");
        expect(headers["access-control-allow-headers"]).toMatch(/authorization.*content-type/);
        for (const origin of [FOREIGN, "null"]) {
          const refused = await ask(origin);
          expect([name, refused.status, crossing(refused)]).toEqual([name, 403, []]);
        }
      }
  });

  test("may open a WebSocket where their origin is allowed", async () => {
    for (const [name, url] of places().slice(0, 2)) {
      const open = async (origin: string) => {
        const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { origin });
        const outcome = await Promise.race([
          once(socket, "open").then(() => "open"),
          once(socket, "unexpected-response").then(() => "refused"),
        ]);
        socket.on("error", () => undefined).terminate();
        return outcome;
      };
      expect([name, await open(ALLOWED), await open(FOREIGN), await open("null")]).toEqual([name, "open", "refused", "refused"]);
    }
  });

  test("may send nothing that they did not ask for first, allowed or not", async () => {
    const forms = ["text/plain", "TEXT/plain; charset=utf-8", "multipart/form-data", "application/x-www-form-urlencoded"];
    for (const [name, url, path] of places())
      for (const origin of [ALLOWED, FOREIGN, "null"]) {
        for (const type of forms) {
          const { status, body } = await askHttp(url, { path, body: QUERY, headers: { "content-type": type, origin } });
          expect([name, type, status, (JSON.parse(body) as Json).data]).toEqual([name, type, 415, undefined]);
        }
        const get = { path: `${path}?query=${encodeURIComponent(QUERY.query)}` };
        const { status, body } = await askHttp(url, { ...get, headers: { origin } });
        expect([name, status, (JSON.parse(body) as Json).errors[0].extensions.code]).toEqual([name, 400, "CROSS_SITE"]);
        expect((await askHttp(url, { ...get, headers: { origin, "apollo-require-preflight": "1" } })).status).toBe(200);
      }
  });
});

describe("where the schema is not told", () => {
  const answered = async (url: string, path: string, query: string): Promise<Json> =>
    JSON.parse((await askHttp(url, { path, body: { query } })).body) as Json;

  test.each([
    "{ __schema { queryType { name } } }",
    `{ __type(name: "Model") { name } }`,
    `query Some { domains { slug } ...more } fragment more on Query { a: __type(name: "Model") { name } }`,
    `{ ... @include(if: true) { __schema { types { name } } } }`,
  ])("%s is refused", async (query) => {
    for (const [name, url, path] of places()) {
      const { errors, data } = await answered(url, path, query.replace("domains { slug } ", ""));
      expect([name, errors.map(({ extensions: { code } }: Json) => code), data]).toEqual([name, ["INTROSPECTION_DISABLED"], undefined]);
    }
  });

  test("the name of a type is told, and a subgraph's schema to who composes", async () => {
    for (const [name, url, path] of places()) expect([name, (await answered(url, path, "{ __typename }")).data]).toEqual([name, { __typename: "Query" }]); // prettier-ignore
    const [, url, path] = places()[2];
    expect((await answered(url, path, "{ _service { sdl } }")).data._service.sdl).toMatch("type Benchmark");
    for (const [name, at] of places().slice(0, 2))
      expect([name, (await askHttp(at, { path: "/schema.graphql" })).status]).toEqual([name, 404]);
  });

  test("a wrong name is answered without the right one", async () => {
    for (const [name, url] of places().slice(0, 2))
      for (const query of [`{ domainz { slug } }`, `{ domains { slugg } }`, `{ domain(slugg: "vision") { name } }`]) {
        const { errors } = await answered(url, "/graphql", query);
        expect([name, errors[0].extensions.code]).toEqual([name, "GRAPHQL_VALIDATION_FAILED"]);
        expect([name, JSON.stringify(errors)]).toEqual([name, expect.not.stringMatching(/Did you mean/)]);
      }
  });
});
