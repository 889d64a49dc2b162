import type { InjectOptions } from "fastify";
import { serverAudits } from "graphql-http";
import { seed } from "../support/seed";
import { openServer, type OpenServer } from "./open-server";
import type { Json } from "../support/json";

let open: OpenServer;
beforeAll(async () => void (open = await openServer()));
afterAll(() => open.close());

const JSON_BODY = { "content-type": "application/json" };

async function send(options: InjectOptions) {
  const { statusCode, headers, body } = await open.server.inject({ method: "POST", url: "/graphql", headers: JSON_BODY, ...options });
  return { status: statusCode, headers, body, answer: JSON.parse(body) as Record<string, Json> };
}
const ask = (query: string, headers: Record<string, string> = {}) => send({ payload: { query }, headers: { ...JSON_BODY, ...headers } });

describe("an answer", () => {
  test("comes by POST and by GET", async () => {
    expect((await ask("{ hello }")).answer).toMatchObject({ data: { hello: "Hello, you" } });
    const url = `/graphql?query=${encodeURIComponent("query ($n: String) { hello(name: $n) }")}&variables=${encodeURIComponent('{"n":"ü"}')}`;
    expect((await send({ method: "GET", url, headers: {} })).answer).toMatchObject({ data: { hello: "Hello, ü" } });
  });

  test("names the revision that it was computed from, be it with errors (§9)", async () => {
    const before = (await ask("{ hello }")).answer.extensions.revision as string;
    await seed(open.database.dataSource).domain("vision").write();
    expect((await ask("{ hello }")).answer.extensions.revision).toBe(before);
    await open.refresh();
    for (const query of ["{ hello }", "{ unknown }", "{ nothing }", "{"]) {
      expect((await ask(query)).answer.extensions).toEqual({ revision: String(Number(before) + 1) });
    }
  });

  test("carries the id of its request, and no type that a browser would guess", async () => {
    const { headers } = await ask("{ hello }");
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  test("builds links on the address that the request came to, unless that is none", async () => {
    expect((await ask("{ base }", { host: "scores.example.org:8080" })).answer.data.base).toBe("http://scores.example.org:8080");
    expect((await ask("{ base }", { host: `evil"><script>` })).answer.data.base).toBe("http://127.0.0.1:4000");
  });
});

describe("an error", () => {
  test("that is expected says what it is, with path and code", async () => {
    const { status, answer } = await ask("{ unknown }");
    expect(status).toBe(200);
    expect(answer.errors).toMatchObject([
      { message: `There is no model "alexnet".`, path: ["unknown"], extensions: { code: "NOT_FOUND" } },
    ]);
  });

  test.each(["unexpected", "late"])("of our own (%s) tells clients nothing but where it is in the log", async (field) => {
    const { body, answer, headers } = await ask(`{ ${field} hello }`);
    const requestId = headers["x-request-id"] as string;
    expect(answer).toMatchObject({
      data: { [field]: null, hello: "Hello, you" },
      errors: [{ message: expect.stringContaining(requestId), path: [field], extensions: { code: "INTERNAL_SERVER_ERROR", requestId } }],
    });
    expect(body).not.toMatch(/secret|stack|app\.ts/);
    const lines = open.log.filter(({ reqId, level }) => reqId === requestId && level === 50);
    expect(lines).toMatchObject([{ path: [field], err: { message: expect.stringContaining("secret detail"), stack: expect.any(String) } }]);
  });

  test.each([
    ["{", "GRAPHQL_PARSE_FAILED"],
    ["{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["query ($t: Int!) { hello(times: $t) }", "BAD_USER_INPUT"],
  ])("of %s has the code %s; its status depends on the media type asked for", async (query, code) => {
    for (const accept of ["application/json", "*/*"]) {
      const { status, answer } = await ask(query, { accept });
      expect([status, answer.errors[0].extensions.code]).toEqual([200, code]);
    }
    const { status, headers } = await ask(query, { accept: "application/graphql-response+json" });
    expect(status).toBe(400);
    expect(headers["content-type"]).toMatch("application/graphql-response+json");
  });
});

describe("a request", () => {
  test.each([
    ["of broken JSON", { payload: `{"query": "{ hello }"` }, 400, /not JSON/],
    ["of invalid UTF-8", { payload: Buffer.from([0x22, 0xff, 0x22]) }, 400, /not UTF-8/],
    ["without a body", { payload: "" }, 400, /body missing/],
    ["of null", { payload: "null" }, 400, /body missing/],
    ["of a batch", { payload: `[{"query": "{ hello }"}]` }, 400, /batching|batched/i],
    ["without a query", { payload: `{"variables": {}}` }, 400, /query/],
    [
      "of another content type",
      { payload: "{ hello }", headers: { "content-type": "application/graphql" } },
      415,
      /Unsupported Media Type/,
    ],
    ["without a content type", { payload: "{ hello }", headers: {} }, 415, /Unsupported Media Type/],
    ["of a form", { payload: "query=1", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415, /Unsupported Media Type/],
    ["above 256 kB", { payload: JSON.stringify({ query: `{ hello } #${"x".repeat(256 * 1024)}` }) }, 413, /262144 bytes in a body/],
    ["to write by GET", { method: "GET", url: "/graphql?query=mutation%7Bwrite%7D", headers: {} }, 405, /GET/],
    ["by DELETE", { method: "DELETE", headers: {} }, 405, /GET or POST/],
    [
      "for variables that are no JSON",
      { method: "GET", url: "/graphql?query=%7Bhello%7D&variables=%7B", headers: {} },
      400,
      /invalid JSON/,
    ],
    [
      "for a media type that is not spoken",
      { payload: `{"query": "{ hello }"}`, headers: { ...JSON_BODY, accept: "text/html" } },
      406,
      /accept/,
    ],
  ] as [string, InjectOptions, number, RegExp][])("%s is refused in JSON", async (_, options, status, words) => {
    const refused = await send(options);
    expect(refused.status).toBe(status);
    expect(refused.answer.errors).toEqual([
      { message: expect.stringMatching(words), extensions: expect.objectContaining({ code: expect.any(String) }) },
    ]);
    expect(refused.body).not.toMatch(/node_modules|stack/);
  });

  test("that a page of another site could have sent is refused, and no other", async () => {
    const url = "/graphql?query=%7Bhello%7D";
    const get = async (headers: Record<string, string>) => (await send({ method: "GET", url, headers })).status;
    expect(await get({})).toBe(200);
    expect(await get({ origin: "https://evil.example" })).toBe(400);
    expect(await get({ cookie: "a=b" })).toBe(400);
    expect(await get({ origin: "https://evil.example", "apollo-require-preflight": "1" })).toBe(200);
    expect((await ask("{ hello }", { origin: "https://evil.example" })).status).toBe(200);
  });
});

test("the audit of GraphQL over HTTP finds nothing: 61 of 61", async () => {
  const fetchFn = async (url: string, { method, headers, body }: RequestInit = {}) => {
    const { pathname, search } = new URL(url);
    const request = {
      method: method as "GET",
      url: pathname + search,
      headers: headers as Record<string, string>,
      payload: body as string,
    };
    const { rawPayload, statusCode, headers: replied } = await open.server.inject(request);
    return new Response(new Uint8Array(rawPayload), { status: statusCode, headers: replied as Record<string, string> });
  };
  const results = [];
  for (const audit of serverAudits({ url: "http://127.0.0.1/graphql", fetchFn })) results.push(await audit.fn());
  expect(
    results.flatMap((result) => (result.status === "ok" ? [] : [`${result.status} ${result.id}: ${result.name}: ${result.reason}`])),
  ).toEqual([]);
  expect(results).toHaveLength(61);
});
