import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { Client } from "pg";
import { WebSocket } from "ws";
import { until } from "../board/open-current";
import { askHttp, type HttpAnswer, type HttpQuestion } from "../support/ask-http";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startGateway, startServer } from "../support/start-server";

const SUBGRAPHS = ["benchmarks", "models", "scores", "citations", "submissions"];
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsYWIifQ.c2lnbmF0dXJlLW9mLXNvbWVib2R5";

/** What only stands in texts of queries, values and addresses. */
const NEEDLE = "NeedleInWhatWasSent";

let database: TestDatabase;
let [joined, subgraphs, gateway]: StartedServer[] = [];
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").tree("top\n  leaf").model("alpha", { owner: "lab" }).write();
  key = await giveKey(database.dataSource, "lab");
  const environment = { LOG_LEVEL: "debug" };
  [joined, subgraphs] = await Promise.all([startServer(database.url, environment), startServer(database.url, environment, SUBGRAPHS)]);
  const places = Object.fromEntries(SUBGRAPHS.map((name) => [name, `${subgraphs.url}/graphql/${name}`]));
  gateway = await startGateway(places, { environment });
});
afterAll(async () => {
  await Promise.all([gateway, subgraphs, joined].map((server) => server?.kill()));
  await database?.drop();
});

/** Each place of a request that a caller can put a text in. */
function questionsWith(secret: string): HttpQuestion[] {
  const path = "/graphql";
  const asked = encodeURIComponent(`{ model(domain: "${NEEDLE}", name: "${secret}") { name } }`);
  const word = secret.replaceAll(/\W/g, "_");
  const headers = [
    "x-request-id",
    "user-agent",
    "referer",
    "cookie",
    "accept",
    "origin",
    "x-forwarded-for",
    "traceparent",
    "if-none-match",
  ];
  return [
    ...[`Bearer ${secret}`, `Bearer ${secret}x`, `Basic ${secret}`, secret, `Bearer  ${secret} `].map((authorization) => ({
      ...{ path, headers: { authorization }, body: { query: `query Own { viewer { key } } # ${NEEDLE}` } },
    })),
    { path, headers: { "content-type": "text/plain", authorization: `bearer ${secret}` }, body: {} },
    ...headers.map((name) => ({ path, headers: { [name]: secret }, body: { query: "{ domains { slug } }" } })),
    { path, body: { query: `{ model(domain: "${NEEDLE}", name: "${secret}") { name } }` } },
    { path, body: { query: `query ${word} { domains { slug } }`, operationName: word } },
    { path, body: { query: `query Q($name: String!) { model(domain: "vision", name: $name) { name } }`, variables: { name: secret } } },
    { path, body: { query: `query Q($name: Int) { domains { slug } }`, variables: { name: secret, [secret]: NEEDLE } } },
    { path, body: { query: `{ ${word}: domains { slug } ${word} }` } },
    { path, body: { query: `{ ${secret} `, [secret]: secret } },
    { path, body: { extensions: { persistedQuery: { version: 1, sha256Hash: secret } } } },
    { path, body: [secret] },
    {
      path,
      body: { query: `mutation { revokeApiKey(id: "${secret}") { apiKey { id } } createApiKey(input: { name: "${NEEDLE}" }) { text } }` },
    },
    { path, body: { query: `subscription { changes(domain: "${secret}") { revision } }` } },
    { path, headers: { accept: "text/event-stream" }, body: { query: `subscription { changes(domain: "${secret}") { revision } }` } },
    { path: `/graphql?query=${asked}&key=${encodeURIComponent(secret)}` },
    { path: `/graphql?query=${encodeURIComponent("{ domains { slug } }")}&variables=${encodeURIComponent(secret)}&needle=${NEEDLE}` },
    { path: `/graphql?query=${encodeURIComponent("{ domains { slug } }")}`, headers: { "content-type": secret } },
    ...[`/${secret}`, `/vision/model/${secret}`, `/samples/vision/${secret}`, `/exports/${secret}/models.csv`].map((place) => ({
      path: place,
    })),
    { path: `/exports/vision/${secret}?domain=${NEEDLE}` },
    { path: `/exports/vision/leaderboard.csv?benchmark=${secret}`, headers: { authorization: `Bearer ${secret}` } },
    { path: `/health/ready?${secret}` },
    { path: `/metrics?${secret}`, headers: { authorization: `Bearer ${secret}` } },
    { path: `/%E0%A4%A?${secret}` },
    { method: "DELETE", path: `/graphql?${secret}` },
  ];
}

/** The lines of a request; waits until there is one. */
async function linesWith(server: StartedServer, { headers }: HttpAnswer): Promise<Line[]> {
  const lines = () => linesOf(server).filter(({ reqId }) => reqId === headers["x-request-id"]);
  await until(() => lines().length > 0);
  return lines();
}

/** Tries to subscribe with a secret in each place of a WebSocket. */
const subscribe = (url: string, secret: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql?${secret}`, "graphql-transport-ws", {
      headers: { authorization: `Bearer ${secret}x`, cookie: secret },
    });
    const send = (message: object): void => socket.send(JSON.stringify(message));
    socket.once("open", () => send({ type: "connection_init", payload: { authorization: `Bearer ${secret}`, note: secret } }));
    socket.on("message", (message: Buffer) => {
      if (!message.toString().includes("connection_ack")) return;
      send({ id: secret, type: "subscribe", payload: { query: `subscription { changes(domain: "${secret}${NEEDLE}") { revision } }` } });
      send({ type: secret });
    });
    socket.on("error", () => undefined);
    socket.once("close", () => resolve());
  });

type Line = Record<string, unknown> & { msg: string };
const linesOf = (server: StartedServer): Line[] =>
  server.printed().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Line); // prettier-ignore

it("holds no secret, and nothing of what was asked, wherever a caller puts it", async () => {
  for (const server of [joined, gateway])
    for (const secret of [key, TOKEN]) {
      for (const question of questionsWith(secret)) await askHttp(server.url, question).catch(() => undefined);
      await subscribe(server.url, secret);
    }
  // Statements that fail under way, with what is hung on to them.
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`ALTER TABLE api_key RENAME TO api_key_gone`);
  const failing = { path: "/graphql", headers: { authorization: `Bearer ${key}` }, body: { query: "{ viewer { key } }" } };
  await linesWith(joined, await askHttp(joined.url, failing));
  await client.query(`ALTER TABLE api_key_gone RENAME TO api_key`);
  await client.end();

  const printed = [joined, subgraphs, gateway].map((server) => server.printed()).join("\n");
  for (const secret of [key, key.slice(12), TOKEN, TOKEN.split(".")[1], NEEDLE, "eyJzdWIi"])
    expect([secret, printed.includes(secret)]).toEqual([secret, false]);
  expect(linesOf(joined).length).toBeGreaterThan(60);
  expect(linesOf(joined).filter(({ level }) => level === 50)).toEqual([
    expect.objectContaining({ msg: "A request failed.", reqId: expect.any(String) }),
  ]);
});

it("tells of each request in one line: its operation, its time, its errors, and who asked", async () => {
  const ask = (query: string, headers: Record<string, string> = {}) => askHttp(joined.url, { path: "/graphql", headers, body: { query } });
  const answers = [
    await ask(`query Known { viewer { key } }`, { authorization: `Bearer ${key}` }),
    await ask(`query Unknown { domain(slug: "none") { slug } rateLimit { cost } nothing }`),
    await ask(`query Kept { domains { slug } }`),
    await ask(`query Kept { domains { slug } }`),
    await ask(`query Kept { domains { slug } }`),
  ];
  const [{ pk }] = (await database.dataSource.query("SELECT pk FROM account WHERE key = 'lab'")) as { pk: number }[];
  const told = await Promise.all(answers.map((answer) => linesWith(joined, answer)));
  const line = (more: object) => [
    {
      ...{ level: 30, msg: "request completed", req: { method: "POST", path: "/graphql" }, res: { status: 200 } },
      ...{ time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), reqId: expect.any(String) },
      ...{ responseTime: expect.any(Number), ...more },
    },
  ];
  expect(told).toEqual([
    line({ operation: "Known", account: pk }),
    line({ errors: ["GRAPHQL_VALIDATION_FAILED"] }),
    line({ operation: "Kept" }),
    line({ operation: "Kept" }),
    line({ operation: "Kept" }),
  ]);
});

it("tells of a request of the gateway and of what it asked the subgraphs under one id", async () => {
  const answer = await askHttp(gateway.url, { path: "/graphql", body: { query: "query Both { domains { name } }" } });
  expect(await linesWith(gateway, answer)).toMatchObject([{ operation: "Both", req: { path: "/graphql" } }]);
  expect(await linesWith(subgraphs, answer)).toMatchObject([{ req: { path: "/graphql/benchmarks" }, res: { status: 200 } }]);
});
