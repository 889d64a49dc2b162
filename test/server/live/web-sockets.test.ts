import { once } from "node:events";
import { createConnection } from "node:net";
import { WebSocket } from "ws";
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
/** Something that everybody may see, written by another process. */
const tick = () => live.elsewhere().model(`model-${made++}`).write();

interface Raw {
  readonly socket: WebSocket;
  /** Every message so far. */
  readonly messages: Record<string, unknown>[];
  readonly closed: Promise<{ code: number; reason: string }>;
  send(message: object | string): void;
}

/** A client that says what it likes. */
async function connect({ protocol = "graphql-transport-ws", isGreeted = true, headers = {}, path = "/graphql" } = {}): Promise<Raw> {
  const socket = new WebSocket(live.url.replace("http", "ws") + path, protocol, { headers });
  const messages: Record<string, unknown>[] = [];
  socket.on("message", (text: Buffer) => messages.push(JSON.parse(text.toString()) as Record<string, unknown>));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  const send = (message: object | string) => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  await once(socket, "open");
  if (isGreeted) {
    send({ type: "connection_init" });
    await until(() => messages.length === 1);
    expect(messages.splice(0)).toEqual([{ type: "connection_ack" }]);
  }
  return { socket, messages, closed, send };
}

const subscribe = (id: string, query = "subscription { tick { revision } }") => ({ id, type: "subscribe", payload: { query } });

/** The status of the answer to a client that is refused before it speaks. */
const refusal = (options: Parameters<typeof connect>[0]) =>
  connect({ ...options, isGreeted: false }).then(
    () => null,
    (error: Error) => /\d{3}/.exec(error.message)?.[0],
  );

describe("a WebSocket", () => {
  it("carries several subscriptions, and each until it is completed", async () => {
    await open();
    const { messages, send } = await connect();
    send(subscribe("one"));
    send(subscribe("two"));
    await until(() => live.counts.subscriptions === 2);
    await tick();
    await until(() => messages.length === 2);
    expect(messages.map(({ id, type }) => `${String(id)} ${String(type)}`).sort()).toEqual(["one next", "two next"]);
    send({ id: "one", type: "complete" });
    await until(() => live.counts.subscriptions === 1);
    await tick();
    await until(() => messages.length === 3);
    expect(messages[2]).toMatchObject({ id: "two", type: "next" });
  });

  it.each([
    ["{ hello }", "BAD_USER_INPUT", /Only subscriptions/],
    ["subscription {", "GRAPHQL_PARSE_FAILED", /Syntax Error/],
    ["subscription { nothing }", "GRAPHQL_VALIDATION_FAILED", /nothing/],
    ["subscription { tick { revision } fails { revision } }", "GRAPHQL_VALIDATION_FAILED", /one top level field/],
    ["subscription A { tick { revision } } subscription B { tick { revision } }", "OPERATION_RESOLUTION_FAILURE", /operationName/],
  ])("refuses %s with a code, and goes on", async (query, code, words) => {
    await open();
    const { messages, send } = await connect();
    send(subscribe("one", query));
    send(subscribe("two"));
    await until(() => live.counts.subscriptions === 1);
    await tick();
    await until(() => messages.length === 2);
    expect(messages[0]).toMatchObject({
      id: "one",
      type: "error",
      payload: [{ message: expect.stringMatching(words), extensions: { code } }],
    });
    expect(messages[1]).toMatchObject({ id: "two", type: "next" });
  });

  it.each(["subscription { tick { unexpected } }", "subscription { fails { revision } }", "subscription { breaks { revision } }"])(
    "tells nothing of a mistake of ours but where it is in the log: %s",
    async (query) => {
      await open();
      const { messages, send } = await connect();
      send(subscribe("one", query));
      const isRefused = query.includes("fails");
      await until(() => (isRefused ? messages.length > 0 : live.counts.subscriptions === 1));
      if (!isRefused) await tick();
      await until(() => messages.length > 0);
      const [error] = (messages[0].payload as { errors: { message: string; extensions: Record<string, string> }[] }).errors;
      expect(error).toMatchObject({ message: expect.stringContaining("log"), extensions: { code: "INTERNAL_SERVER_ERROR" } });
      expect(JSON.stringify(messages)).not.toMatch(/secret|app\.ts/);
      const { requestId } = error.extensions;
      expect(live.log.filter(({ reqId, level }) => reqId === requestId && level === 50)).toMatchObject([
        { err: { message: expect.stringContaining("secret detail") } },
      ]);
    },
  );

  it("takes 20 subscriptions and refuses one more", async () => {
    await open();
    const { messages, send } = await connect();
    for (let n = 0; n < 21; n++) send(subscribe(`s${n}`));
    await until(() => messages.length === 1 && live.counts.subscriptions === 20);
    expect(messages).toMatchObject([{ id: "s20", type: "error", payload: [{ extensions: { code: "TOO_MANY" } }] }]);
  });

  it.each([
    ["garbage", 4400],
    ["null", 4400],
    [JSON.stringify({ type: "subscribe" }), 4400],
    [JSON.stringify({ type: "connection_ack" }), 4400],
    [JSON.stringify({ type: "connection_init" }), 4429],
    [JSON.stringify(subscribe("x")), 4409],
    ["x".repeat(256 * 1024 + 1), 1009],
  ])("is closed after a message that makes no sense: %#", async (message, code) => {
    await open();
    const { closed, send } = await connect();
    if (code === 4409) send(subscribe("x"));
    send(message);
    expect((await closed).code).toBe(code);
    await until(() => live.counts.webSockets === 0);
    expect(live.counts.subscriptions).toBe(0);
    expect(live.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it("is closed if it carries frames that are none, or binary ones that say nothing", async () => {
    await open();
    const [raw, binary] = [await connect(), await connect()];
    (raw.socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from([0xff, 0xff, 0x00, 0x13]));
    binary.socket.send(Buffer.from([0xff, 0xfe, 0x00]));
    expect([(await raw.closed).code, (await binary.closed).code]).toEqual([1002, 4400]);
  });

  it("needs the subprotocol graphql-transport-ws", async () => {
    await open();
    await expect(connect({ protocol: "graphql-ws" })).rejects.toThrow(/subprotocol/);
    await until(() => live.counts.webSockets === 0);
  });

  it("is for who greets, in time and before anything else", async () => {
    await open({ greeting: 50 });
    expect((await (await connect({ isGreeted: false })).closed).code).toBe(4408);
    const hasty = await connect({ isGreeted: false });
    hasty.send(subscribe("one"));
    expect((await hasty.closed).code).toBe(4401);
  });

  it("is opened by pages of this server and by programs, not by pages of other sites", async () => {
    await open();
    expect(await refusal({ headers: { origin: "https://evil.example" } })).toBe("403");
    expect(await refusal({ headers: { origin: "null" } })).toBe("403");
    const own = await connect({ headers: { origin: live.url } });
    own.socket.close();
    await own.closed;
  });

  it("is refused where there is no room, and there is room again once one has gone", async () => {
    await open({ connections: 1 });
    const { socket } = await connect();
    expect(await refusal({})).toBe("503");
    expect(live.counts.refusedTotal).toBe(1);
    socket.close();
    await until(() => live.counts.webSockets === 0);
    await connect();
  });

  it("is opened at /graphql only", async () => {
    await open();
    expect(await refusal({ path: "/elsewhere" })).toBe("404");
  });

  it("is ended when its client gives no sign of life", async () => {
    await open({ keepAlive: 50 });
    const [dead, alive] = [await connect(), await connect()];
    dead.socket.pause();
    await until(() => live.counts.webSockets === 1);
    alive.send({ type: "ping", payload: { n: 1 } });
    await until(() => alive.messages.length > 0);
    expect(alive.messages).toEqual([{ type: "pong", payload: { n: 1 } }]);
  });

  it("is closed when the server stops, which tells clients to come back", async () => {
    await open();
    const { closed, send } = await connect();
    send(subscribe("one"));
    await until(() => live.counts.subscriptions === 1);
    await live.server.close();
    expect(await closed).toEqual({ code: 1012, reason: "The server restarts. Connect again." });
    expect(live.counts).toMatchObject({ webSockets: 0, subscriptions: 0 });
  });

  it("does not keep the server from stopping, though its client does not read", async () => {
    await open();
    const { socket } = await connect();
    socket.pause();
    await live.server.close();
    expect(live.counts.webSockets).toBe(0);
  });
});

describe("a client who does not read", () => {
  const LENGTH = 16 * 1024 * 1024;
  const greedy = subscribe("big", `subscription { tick { text(length: ${LENGTH}) } }`);

  it("is dropped with a reason, and is sent one event meanwhile, whatever it subscribed to", async () => {
    await open({ patience: 300 });
    const { socket, closed, messages, send } = await connect();
    for (const id of ["a", "b", "c", "d"]) send({ ...greedy, id });
    await until(() => live.counts.subscriptions === 4);
    socket.pause();
    for (let n = 0; n < 5; n++) await tick();
    await until(() => live.counts.droppedTotal === 1);
    expect(live.counts.eventsTotal).toBe(1);
    await until(() => live.counts.subscriptions === 0);
    expect(live.log.find(({ level }) => level === 40)).toMatchObject({
      msg: expect.stringContaining("dropped"),
      waitingBytes: expect.any(Number),
    });
    socket.resume();
    expect(await closed).toEqual({ code: 1013, reason: expect.stringContaining("Too slow") });
    expect(messages).toHaveLength(1);
    await until(() => live.counts.webSockets === 0);
  });

  it("has few events for all that came, if it reads on in time", async () => {
    await open();
    const { socket, messages, send } = await connect();
    send(greedy);
    await until(() => live.counts.subscriptions === 1);
    socket.pause();
    await tick();
    await until(() => live.counts.eventsTotal === 1);
    let last = 0;
    for (let n = 0; n < 5; n++) last = (await tick()).publicRevision;
    await until(() => live.current.board.catalog.ledger.publicRevision === last);
    expect(live.counts.eventsTotal).toBe(1);
    socket.resume();
    const told = () => messages.map(({ payload }) => Number((payload as { extensions: { revision: string } }).extensions.revision));
    await until(() => told().at(-1) === last);
    // Of the five that came, at most the last ones come by themselves: those that came when it began to read.
    expect(messages.length).toBeLessThanOrEqual(3);
    expect(live.counts.droppedTotal).toBe(0);
  });

  it("cannot make the server store answers to its pings", async () => {
    await open({ waitingBytes: 64 * 1024, keepAlive: 60_000 });
    const { socket, send } = await connect();
    socket.pause();
    const payload = { text: "x".repeat(200_000) };
    await until(() => {
      if (socket.readyState === socket.OPEN && socket.bufferedAmount < 1024 * 1024) send({ type: "ping", payload });
      return live.counts.droppedTotal === 1;
    });
    socket.terminate();
  });
});

it("a request that offers another protocol is answered in this one, body and all", async () => {
  await open();
  const { port, hostname } = new URL(live.url);
  const body = JSON.stringify({ query: "{ hello }" });
  const connection = createConnection(Number(port), hostname);
  const head = [
    "POST /graphql HTTP/1.1",
    "Host: here",
    "Connection: Upgrade, HTTP2-Settings",
    "Upgrade: h2c",
    "HTTP2-Settings: AAMAAABkAAQAAP__",
  ];
  connection.write([...head, "Content-Type: application/json", `Content-Length: ${body.length}`, "", body].join("\r\n"));
  let answer = "";
  connection.on("data", (bytes) => (answer += bytes.toString()));
  await until(() => answer.includes("Hello"));
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  connection.destroy();
});
