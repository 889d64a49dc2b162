import { request as send, type IncomingMessage } from "node:http";
import type { LiveLimits } from "../../../src/server/live/limits";
import { until } from "../../board/open-current";
import { seed } from "../../support/seed";
import { openLive, type OpenLive } from "./open-live";
import { TICKS, ticksSchema } from "./ticks";

let live: OpenLive;
const open = async (liveLimits: Partial<LiveLimits> = {}) =>
  (live = await openLive(({ dataSource }) => seed(dataSource).domain("vision").tree("average_vision").write(), {
    ...{ endpoints: [{ path: "/graphql", schema: ticksSchema }], api: TICKS, liveLimits },
  }));
afterEach(() => live.close());

let made = 0;
const tick = () => live.elsewhere().model(`model-${made++}`).write();

const EVENTS = "text/event-stream";
const TICK = "subscription { tick { revision } }";

interface Raw {
  readonly response: IncomingMessage;
  /** What came so far. */
  readonly text: () => string;
  /** Whether it has ended, by itself. */
  readonly ended: Promise<void>;
}

/** Asks, and gives the answer as soon as it begins. */
function ask(
  query: string | null,
  { method = "POST", accept = EVENTS, headers = {}, body = JSON.stringify({ query }) } = {},
): Promise<Raw> {
  const path = method === "GET" ? `/graphql?query=${encodeURIComponent(query ?? "")}` : "/graphql";
  return new Promise((resolve, reject) => {
    const asked = send(live.url + path, {
      method,
      headers: { accept, ...(method === "POST" ? { "content-type": "application/json" } : {}), ...headers },
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      resolve({ response, text: () => text, ended: new Promise((end) => response.once("close", end)) });
    });
    asked.end(method === "POST" ? body : undefined);
  });
}

const eventsIn = (text: string) =>
  [...text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)].map(([, name, told]) => [name, told && (JSON.parse(told) as unknown)]);

describe("a stream of events", () => {
  it.each(["GET", "POST"])("answers a subscription by %s, in events that the protocol names", async (method) => {
    await open();
    const { response, text } = await ask(TICK, { method });
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": expect.any(String),
    });
    await until(() => live.counts.subscriptions === 1);
    const { publicRevision } = await tick();
    await until(() => text().includes("next"));
    expect(text().startsWith(":\n\n")).toBe(true);
    const revision = String(publicRevision);
    expect(eventsIn(text())).toEqual([["next", { data: { tick: { revision } }, extensions: { revision } }]]);
    response.destroy();
    await until(() => live.counts.eventStreams === 0 && live.counts.subscriptions === 0);
  });

  it.each([
    ["subscription {", "GRAPHQL_PARSE_FAILED"],
    ["subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["{ hello }", "BAD_USER_INPUT"],
    ["mutation { hello }", "BAD_USER_INPUT"],
  ])("tells what is wrong with %s, and is complete", async (query, code) => {
    await open();
    const { text, ended } = await ask(query);
    await ended;
    expect(eventsIn(text())).toEqual([
      ["next", { errors: [expect.objectContaining({ extensions: { code } })] }],
      ["complete", ""],
    ]);
    await until(() => live.counts.eventStreams === 0);
  });

  it.each(["subscription { fails { revision } }", "subscription { tick { unexpected } }", "subscription { breaks { revision } }"])(
    "tells nothing of a mistake of ours but where it is in the log: %s",
    async (query) => {
      await open();
      const { response, text } = await ask(query);
      if (!query.includes("fails")) await until(() => live.counts.subscriptions === 1);
      await tick();
      await until(() => text().includes("next"));
      expect(text()).toContain(response.headers["x-request-id"]);
      expect(text()).not.toMatch(/secret|app\.ts/);
      response.destroy();
    },
  );

  it.each([
    ["a body that is no object", { body: "[]" }, 400],
    ["broken JSON", { body: "{" }, 400],
    ["a body without a query", { body: "{}" }, 400],
    ["variables that are no object", { body: `{"query": "${TICK}", "variables": 1}` }, 400],
    ["a name that is no text", { body: `{"query": "${TICK}", "operationName": 1}` }, 400],
    ["another type of body", { headers: { "content-type": "text/plain" } }, 415],
    ["a page of another site", { method: "GET", headers: { origin: "https://evil.example" } }, 400],
    ["a key that is none", { headers: { authorization: "Bearer nothing" } }, 401],
  ])("is refused in JSON for %s", async (_, options, status) => {
    await open();
    const { response, text, ended } = await ask(TICK, options);
    await ended;
    expect(response.statusCode).toBe(status);
    expect(JSON.parse(text())).toMatchObject({ errors: [{ message: expect.any(String), extensions: { code: expect.any(String) } }] });
    expect(live.counts).toMatchObject({ eventStreams: 0, subscriptions: 0 });
  });

  it("is for who accepts it and nothing else, or asks for a subscription and accepts it too", async () => {
    await open();
    const both = `application/json, ${EVENTS};q=0.5`;
    const typeOf = async (query: string, accept: string) => {
      const { response } = await ask(query, { accept });
      response.destroy();
      return response.headers["content-type"];
    };
    expect(await typeOf("{ hello }", both)).toMatch("application/json");
    expect(await typeOf(TICK, both)).toMatch(EVENTS);
    expect(await typeOf(TICK, "application/json")).toMatch("application/json");
    expect(await typeOf(TICK, `application/json, ${EVENTS};q=0`)).toMatch("application/json");
    expect(await typeOf(`{ hello } # subscription`, both)).toMatch("application/json");
  });

  it("shows that it is still there while nothing happens", async () => {
    await open({ keepAlive: 20 });
    const { text } = await ask(TICK);
    await until(() => text() === ":\n\n:\n\n:\n\n");
  });

  it("is refused where there is no room, and there is room again once one has gone", async () => {
    await open({ connections: 1 });
    const first = await ask(TICK);
    const second = await ask(TICK);
    expect(second.response.statusCode).toBe(503);
    first.response.destroy();
    await until(() => live.counts.eventStreams === 0);
    expect((await ask(TICK)).response.statusCode).toBe(200);
  });

  it("ends without being complete when the server stops, so that clients come back", async () => {
    await open();
    const { text, ended } = await ask(TICK);
    const heard = await live.subscribe("event stream", TICK);
    await live.server.close();
    await ended;
    expect(eventsIn(text())).toEqual([]);
    await until(() => heard.isOver);
    expect(String(heard.error)).toMatch(/NetworkError/);
    expect(live.counts).toMatchObject({ eventStreams: 0, subscriptions: 0 });
  });

  it("lets go of a client who does not read, after one event, with a reason", async () => {
    await open({ patience: 300 });
    const { response, text } = await ask(`subscription { tick { text(length: ${16 * 1024 * 1024}) } }`);
    response.pause();
    await until(() => live.counts.subscriptions === 1);
    for (let n = 0; n < 5; n++) await tick();
    await until(() => live.counts.droppedTotal === 1 && live.counts.subscriptions === 0);
    expect(live.counts.eventsTotal).toBe(1);
    response.resume();
    await until(() => live.counts.eventStreams === 0);
    await until(() => text().endsWith("event: complete\ndata: \n\n"));
    expect(text().slice(-300)).toMatch(/Too slow.*TOO_SLOW/);
    expect(live.log.find(({ level }) => level === 40)).toMatchObject({ msg: expect.stringContaining("dropped") });
  });

  it("does not keep the server from stopping, though its client does not read", async () => {
    await open();
    const { response } = await ask(`subscription { tick { text(length: ${16 * 1024 * 1024}) } }`);
    response.pause();
    await until(() => live.counts.subscriptions === 1);
    await tick();
    await until(() => live.counts.eventsTotal === 1);
    await live.server.close();
    expect(live.counts.eventStreams).toBe(0);
  });
});
