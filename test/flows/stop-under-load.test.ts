import { once } from "node:events";
import { Agent, get, type IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";

const CLIENTS = 12;

let database: TestDatabase;
let servers: StartedServer[];
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("average\n  leaf")
    .model("alpha", { owner: "lab" })
    .score("alpha", "leaf", 0.5)
    .write();
  key = await giveKey(database.dataSource, "lab");
  servers = await Promise.all([1, 2].map(() => startServer(database.url, { SCORETREE_STOP_NOTICE: "1500" })));
});
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.kill()));
  await database?.drop();
});

/** Asks over the connections of an agent, which keeps them open. Rejects if the connection fails; nothing is tried again. */
function ask(url: string, agent: Agent, body: object): Promise<{ status: number; connection: string | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
    const asking = request(`${url}/graphql`, { method: "POST", agent, headers }, (response: IncomingMessage) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode!, connection: response.headers.connection, text }));
    });
    asking.on("error", reject).end(JSON.stringify(body));
  });
}

const isReady = (url: string): Promise<boolean> =>
  new Promise(
    (resolve) =>
      void get(`${url}/health/ready`, { agent: false }, (response) => resolve(response.resume().statusCode === 200)).on("error", () =>
        resolve(false),
      ),
  );

const READ = {
  query: `{ benchmark(domain: "vision", identifier: "average") { leaderboard(first: 5) { nodes { rank model { name metadata { family } } } } } }`,
};
const write = (run: number) => ({
  query: `mutation ($input: SubmitScoresInput!) { submitScores(input: $input) { submission { scoreCount } userErrors { code } } }`,
  variables: {
    input: {
      ...{ domain: "vision", submissionKey: `run-${run}` },
      scores: [
        { model: "alpha", benchmark: "leaf", version: 1, raw: 0.5, ceiled: 0.5, endedAt: new Date(1.6e12 + run * 1_000).toISOString() },
      ],
    },
  },
});

test("SIGTERM under load fails no request: balancers are told first, running requests are answered, subscribers are told to come again", async () => {
  const [leaving, staying] = servers;
  let target = leaving;
  let isOver = false;
  let run = 0;
  const counts = { answered: 0, written: 0, asked: 0 };
  const failures: unknown[] = [];

  async function client(number: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = 0; !isOver; turn++) {
      const isWrite = (turn + number) % 4 === 0;
      const from = target;
      try {
        const { status, connection, text } = await ask(from.url, agent, isWrite ? write(++run) : READ);
        const isRight = status === 200 && (isWrite ? text.includes('"scoreCount":1') : text.includes('"alpha"'));
        if (!isRight) failures.push({ status, text });
        counts.answered++;
        if (isWrite && isRight) counts.written++;
        if (from === leaving && connection === "close") counts.asked++;
      } catch (error) {
        failures.push({ error, of: from === leaving ? "leaving" : "staying" });
      }
    }
    agent.destroy();
  }

  /** What a load balancer does: looks who is ready, and sends to them. */
  async function balance(): Promise<void> {
    for (; !isOver; await pause(50)) target = (await isReady(leaving.url)) ? leaving : staying;
  }

  const socket = new WebSocket(`${leaving.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const closed = once(socket, "close");
  await once(socket, "open");
  socket.send(`{"type":"connection_init"}`);
  await once(socket, "message");
  socket.send(
    JSON.stringify({ type: "subscribe", id: "1", payload: { query: `subscription { standingsChanged(domain: "vision") { revision } }` } }),
  );
  const stream = await fetch(`${leaving.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: `subscription { standingsChanged(domain: "vision") { revision } }` }),
  });
  const streamed = stream.text();

  const working = Promise.all([balance(), ...Array.from({ length: CLIENTS }, (_, number) => client(number))]);
  while (counts.answered < CLIENTS * 5) await pause(20);
  const before = counts.answered;
  const ended = leaving.stop();
  expect(await ended).toBe(0);
  const during = counts.answered - before;
  while (counts.answered < before + during + CLIENTS) await pause(20);
  isOver = true;
  await working;

  expect(failures).toEqual([]);
  const [code] = await closed;
  expect(code).toBe(1012);
  // It ends without `complete`, after which clients would not come again.
  expect(await streamed).not.toMatch(/event: complete/);
  const [{ n }] = await database.dataSource.query(`SELECT count(*)::int AS n FROM submission`);
  expect(n).toBe(counts.written);
  // Otherwise nothing was tested.
  expect(counts.asked).toBeGreaterThan(0);
  expect(during).toBeGreaterThan(0);
});
