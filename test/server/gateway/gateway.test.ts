import { spawnSync } from "node:child_process";
import { serverAudits } from "graphql-http";
import { until } from "../../board/open-current";
import { giveKey } from "../../support/give-key";
import { type Federated, openFederated } from "../../support/open-federated";
import { seed } from "../../support/seed";
import { type FaultyProxy, openProxy } from "./faulty-proxy";
import type { Json } from "../../support/json";

let open: Federated;
let citations: FaultyProxy;
let submissions: FaultyProxy;
let scores: FaultyProxy;
let key: string;
/** How long the gateway waits for a subgraph, in milliseconds: long for one that answers, however busy the machine is, and waited for only once. */
const TIMEOUT = 4_000;

beforeAll(async () => {
  [citations, submissions, scores] = await Promise.all(
    ["citations", "submissions", "scores"].map((name) => openProxy(() => open.subgraphs[name])),
  );
  open = await openFederated(
    async (dataSource) => {
      await seed(dataSource)
        .domain("vision")
        .reference("Doe2020")
        .tree("average\n  leaf")
        .account("lab")
        .model("alpha", { reference: "Doe2020" })
        .score("alpha", "leaf", 0.5)
        .model("beta")
        .score("beta", "leaf", 0.25)
        .write();
      key = await giveKey(dataSource, "lab");
    },
    {
      between: (places) => ({ ...places, citations: citations.url, submissions: submissions.url, scores: scores.url }),
      environment: { SCORETREE_SUBGRAPH_TIMEOUT: String(TIMEOUT) },
    },
  );
});
afterEach(() => [citations, submissions, scores].forEach((proxy) => (proxy.fault = null)));
afterAll(async () => {
  await open?.close();
  [citations, submissions, scores].forEach((proxy) => proxy.close());
});

async function ask(query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${open.gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, answer: JSON.parse(text) as Record<string, Json> };
}

/** Asks as somebody: nothing of the answer is kept, so that all subgraphs are asked each time. */
const askAnew = (query: string) => ask(query, { authorization: `Bearer ${key}` });

const MODEL = `{ model(domain: "vision", name: "alpha") { name reference { key } score(benchmark: "average") { value } } }`;
const WHOLE = { name: "alpha", reference: { key: "Doe2020" }, score: { value: 0.5 } };

test("the audit of GraphQL over HTTP finds nothing at the gateway: 61 of 61", async () => {
  const results = [];
  for (const audit of serverAudits({ url: `${open.gateway.url}/graphql` })) results.push(await audit.fn());
  expect(
    results.flatMap((result) => (result.status === "ok" ? [] : [`${result.status} ${result.id}: ${result.name}: ${result.reason}`])),
  ).toEqual([]);
  expect(results).toHaveLength(61);
});

/** Answers with an error. */
const failing =
  (error: string, data = "null"): FaultyProxy["fault"] =>
  (response) =>
    response.end(`{"errors":[${error}],"data":${data}}`);

describe("while a subgraph", () => {
  test.each<[string, string, FaultyProxy["fault"]]>([
    ["hangs", "SUBGRAPH_TIMEOUT", () => undefined],
    ["ends connections", "UNAVAILABLE", (response) => response.destroy()],
    ["breaks off", "UNAVAILABLE", (response) => response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy())],
    ["answers no JSON", "UNAVAILABLE", (response) => response.end("<html>")],
    ["answers without data", "UNAVAILABLE", (response) => response.end("{}")],
    ["answers with too many entities", "UNAVAILABLE", (response) => response.end(`{"data":{"_entities":[{"key":"a"},{"key":"b"}]}}`)],
    ["answers without entities", "UNAVAILABLE", (response) => response.end(`{"data":{}}`)],
    ["answers null for all entities, and not why", "UNAVAILABLE", (response) => response.end(`{"data":{"_entities":null}}`)],
    ["answers entities without what was asked of them", "UNAVAILABLE", (response) => response.end(`{"data":{"_entities":[{}]}}`)],
    ["answers what are no entities", "UNAVAILABLE", (response) => response.end(`{"data":{"_entities":[7]}}`)],
    ["answers data that are no object", "UNAVAILABLE", (response) => response.end(`{"data":[]}`)],
    ["fails all entities together", "ODD", failing(`{"message":"odd","path":["_entities"],"extensions":{"code":"ODD"}}`)],
    [
      "fails all entities, and says so where they are",
      "ODD",
      failing(`{"message":"odd","path":["_entities"],"extensions":{"code":"ODD"}}`, `{"_entities":null}`),
    ],
    ["fails an entity, and does not say which", "ODD", failing(`{"message":"odd","extensions":{"code":"ODD"}}`, `{"_entities":[null]}`)],
    ["is away", "UNAVAILABLE", (response) => response.writeHead(503).end("{}")],
    ["fails", "UNAVAILABLE", (response) => response.writeHead(500).end(`at /srv/secret.ts of ${citations.url}`)],
  ])("%s, the rest is answered, with %s in its place", async (_, code, fault) => {
    expect((await askAnew(MODEL)).answer.data.model).toEqual(WHOLE);
    citations.fault = fault;
    const { status, answer, text } = await askAnew(MODEL);
    expect(status).toBe(200);
    expect(answer.data.model).toEqual({ ...WHOLE, reference: null });
    expect(answer.errors).toEqual([
      {
        ...{ message: expect.any(String), locations: [{ line: 1, column: MODEL.indexOf("reference") + 1 }] },
        ...{ path: ["model", "reference"], extensions: { code, subgraph: "citations" } },
      },
    ]);
    expect(text).not.toMatch(/127\.0\.0\.1|srv|http:/);
  });

  test("fails once, a read is tried again, and a write is not", async () => {
    const once: FaultyProxy["fault"] = (response) => {
      citations.fault = submissions.fault = null;
      response.destroy();
    };
    citations.fault = once;
    expect((await askAnew(MODEL)).answer).toMatchObject({ data: { model: WHOLE } });
    submissions.fault = once;
    const before = submissions.asked.length;
    const { answer } = await ask(`mutation { createApiKey(input: { name: "x" }) { apiKey { name } } }`, { authorization: `Bearer ${key}` });
    expect(answer).toMatchObject({ errors: [{ path: ["createApiKey"], extensions: { code: "UNAVAILABLE" } }] });
    expect(submissions.asked.length).toBe(before + 1);
  });

  test("does not answer, readiness says which", async () => {
    const ready = async () => {
      const response = await fetch(`${open.gateway.url}/health/ready`);
      return { status: response.status, told: (await response.json()) as object };
    };
    expect(await ready()).toMatchObject({ status: 200, told: { status: "ready" } });
    citations.fault = (response) => response.destroy();
    expect(await ready()).toMatchObject({
      status: 503,
      told: { status: "not ready", subgraphs: { citations: "not ready", scores: "ready" } },
    });
    expect((await fetch(`${open.gateway.url}/health/live`)).status).toBe(200);
  });
});

describe("one operation (§9)", () => {
  test("asks all subgraphs for the revision that the first one named", async () => {
    const [before, ...rest] = [citations, scores].map(({ asked }) => asked.length);
    const { answer } = await askAnew(MODEL);
    expect(answer.extensions).toEqual({ revision: expect.stringMatching(/^\d+$/) });
    const seals = [citations.asked.slice(before), scores.asked.slice(rest[0])].flat().map(({ headers }) => headers["x-scoretree-revision"]);
    expect(seals.length).toBe(2);
    expect(new Set(seals).size).toBe(1);
    expect(seals[0]).toMatch(/^[\w-]{40,}$/);
  });

  test("is asked for once more if that revision is kept no longer", async () => {
    scores.fault = (response) => {
      scores.fault = null;
      response.writeHead(400).end(`{"errors":[{"message":"gone","extensions":{"code":"EXPIRED_REVISION"}}]}`);
    };
    expect((await askAnew(MODEL)).answer).toMatchObject({ data: { model: WHOLE } });
  });

  test("that writes tells the revision to be read from, which is passed on", async () => {
    const written = await ask(`mutation { registerModel(input: { domain: "vision", name: "mine" }) { model { name contributor { displayName } } userErrors { code } } }`, { authorization: `Bearer ${key}` }); // prettier-ignore
    expect(written.answer).toMatchObject({ data: { registerModel: { model: { name: "mine" } } } });
    const least = written.headers.get("x-scoretree-min-revision")!;
    expect(least).toMatch(/^[\w-]{40,}$/);
    await ask(`{ releases(domain: "vision") { name } }`, { "x-scoretree-min-revision": least });
    expect(scores.asked.at(-1)!.headers["x-scoretree-min-revision"]).toBe(least);
  });
});

test("a credential that is good for nobody is refused as the joined server refuses it", async () => {
  const { status, headers, answer } = await ask(MODEL, { authorization: "Bearer st_none" });
  expect(status).toBe(401);
  expect(headers.get("www-authenticate")).toMatch("Bearer");
  expect(answer.errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
});

/** The processes that one started itself. */
const childrenOf = (pid: number): number[] =>
  spawnSync("pgrep", ["-P", String(pid)]).stdout.toString().split("\n").filter(Boolean).map(Number); // prettier-ignore

test("while its planner has ended, operations that have no plan yet are answered all the same, and it is started again", async () => {
  const [planner, ...others] = childrenOf(open.gateway.pid);
  expect(others).toEqual([]);
  process.kill(planner, "SIGKILL");
  await until(() => !childrenOf(open.gateway.pid).includes(planner));
  const anew = `{ model(domain: "vision", name: "alpha") { anew: name name reference { key } score(benchmark: "average") { value } } }`;
  expect((await ask(anew)).answer).toMatchObject({ data: { model: { ...WHOLE, anew: "alpha" } } });
  await until(() => childrenOf(open.gateway.pid).length === 1);
  expect((await ask(anew.replaceAll("anew", "again"))).answer).toMatchObject({ data: { model: { ...WHOLE, again: "alpha" } } });
});

test("a field that takes the whole answer with it is told by its own code, wherever it stands", async () => {
  const unknown = `bibliography(references: ["reference_AAAAAAAAAAAAAAAAAAAAAA"])`;
  for (const query of [`{ references(domain: "vision") { totalCount } ${unknown} }`, `{ ${unknown} domains { slug } }`])
    expect((await ask(query)).answer).toMatchObject({
      data: null,
      errors: [{ path: ["bibliography"], extensions: { code: "NOT_FOUND" } }],
    });
});

test("a number beyond all doubles is refused, not lost on the way", async () => {
  const scores = `[{ model: "mine", benchmark: "leaf", version: 1, raw: 1e999, ceiled: -1e999, endedAt: "2021-01-01" }]`;
  const write = `mutation { submitScores(input: { domain: "vision", submissionKey: "beyond", scores: ${scores} }) { userErrors { code path } } }`;
  const { answer } = await ask(write, { authorization: `Bearer ${key}` });
  expect(answer.data.submitScores.userErrors).toEqual(
    expect.arrayContaining([
      { code: "INVALID", path: ["scores", "0", "raw"] },
      { code: "INVALID", path: ["scores", "0", "ceiled"] },
    ]),
  );
});

test("events come as a stream, and end with it", async () => {
  const response = await fetch(`${open.gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({
      query: `subscription { standingsChanged(domain: "vision") { revision movers { model { name contributor { displayName } } } } }`,
    }),
  });
  expect(response.headers.get("content-type")).toMatch("text/event-stream");
  let text = "";
  const reading = (async () => {
    for await (const bytes of response.body!) if ((text += Buffer.from(bytes).toString()).includes("event: next")) return;
  })();
  await until(() => scores.asked.at(-1)!.headers.accept === "text/event-stream");
  await seed(open.dataSource).score("beta", "leaf", { raw: 0.9, ceiled: 0.9, endedAt: "2030-01-01" }).write();
  await open.catchUp();
  await reading;
  expect(JSON.parse(/data: (.*)/.exec(text)![1])).toMatchObject({
    data: {
      standingsChanged: { movers: expect.arrayContaining([expect.objectContaining({ model: { name: "beta", contributor: null } })]) },
    },
  });
});
