import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openServer, type OpenServer } from "../open-server";

let open: OpenServer;
let url: string;
let byFastify = 0;
beforeAll(async () => {
  open = await openServer({
    config: {
      ...{ host: "127.0.0.1", port: 4000, allowedOrigins: ["https://friend.example"], limits: { bodyBytes: 4_000 } },
      rates: { byAddress: 100_000, byAccount: null },
    },
  });
  open.server.addHook("onRequest", async () => void byFastify++);
  url = `${await open.server.listen({ port: 0, host: "127.0.0.1" })}/graphql`;
});
afterAll(() => open?.close());

/** Read by Fastify alone: our own way takes the usual types to the byte. */
const ROUNDABOUT = "application/json; charset=UTF-8";

/** What differs from one request to the next. */
const OF_REQUEST = ["date", "x-request-id", "ratelimit"];

async function send(body: string, type: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: "POST", body, headers: { "content-type": type, ...headers } });
  const told = [...response.headers].filter(([name]) => !OF_REQUEST.includes(name));
  return { status: response.status, headers: Object.fromEntries(told), has: OF_REQUEST.map((name) => response.headers.has(name)), text: await response.text() }; // prettier-ignore
}

const BODIES: Record<string, string> = {
  "a good query": JSON.stringify({ query: "query Greet { hello }" }),
  "one with what keeps its answer from being kept": JSON.stringify({ query: "{ hello }", extensions: { anew: true } }),
  "a faulty document": JSON.stringify({ query: "{ helo }" }),
  "no document at all": JSON.stringify({ query: "{ hello " }),
  "variables that do not fit": JSON.stringify({ query: "query ($name: String) { hello(name: $name) }", variables: { name: 1 } }),
  "an operation that is not there": JSON.stringify({ query: "query Greet { hello }", operationName: "Other" }),
  "no query": JSON.stringify({ variables: {} }),
  "a list": "[]",
  "a text": '"hello"',
  "no JSON": "{",
  "a hash that nobody named": JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
  "more than it may": JSON.stringify({ query: `{ hello }${" ".repeat(5_000)}` }),
};

describe("the usual request", () => {
  for (const [name, body] of Object.entries(BODIES))
    it(`is answered past Fastify as through it: ${name}`, async () => {
      const heads: Record<string, string>[] = [{}, { accept: "application/graphql-response+json" }, { origin: "https://friend.example" }];
      for (let time = 0; time < 3; time++)
        for (const headers of heads) expect(await send(body, "application/json", headers)).toEqual(await send(body, ROUNDABOUT, headers));
    });

  it("is not seen by Fastify, whatever comes of it", async () => {
    const before = byFastify;
    for (const name of ["a good query", "a faulty document", "a list"]) await send(BODIES[name], "application/json");
    expect(byFastify).toBe(before);
    await send(BODIES["no JSON"], "application/json");
    await send(BODIES["a good query"], "application/json", { accept: "text/event-stream" });
    expect(byFastify).toBe(before + 2);
  });

  it("is answered as an account is, where it brings a credential that is good for nobody", async () => {
    const headers = { authorization: "Bearer nobody" };
    const refused = await send(BODIES["a good query"], "application/json", headers);
    expect(refused.status).toBe(401);
    expect(refused).toEqual(await send(BODIES["a good query"], ROUNDABOUT, headers));
  });
});
