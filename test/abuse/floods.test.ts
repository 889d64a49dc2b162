import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { askHttp, type HttpQuestion } from "../support/ask-http";
import { FLOODS } from "./floods";
import { askHonestly, faultOf } from "./judge";
import { type Attacked, openAttacked } from "./open-attacked";

let open: Attacked;
beforeAll(async () => void (open = await openAttacked()));
afterAll(() => open?.close());

/** Longest address that is sent: Node refuses longer ones itself. */
const LONGEST_ADDRESS = 14_000;

async function judged(url: string, question: HttpQuestion): Promise<string | null> {
  const begin = performance.now();
  const { status, body } = await askHttp(url, question);
  const text = Buffer.from(body, "latin1").toString();
  return faultOf({ status, body: text, milliseconds: performance.now() - begin }, JSON.stringify(question));
}

/** Subscribes to what is no good, and gives back all that is told until the stream or the socket has had its say. */
async function bySocket(url: string, payload: object): Promise<string> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init" }));
  await once(socket, "message");
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload }));
  const told = await Promise.race([
    once(socket, "message").then(([message]) => String(message)),
    once(socket, "close").then(([code, reason]) => `${code} ${String(reason)}`),
  ]);
  socket.terminate();
  return told;
}

describe.each(["joined", "gateway"] as const)("%s", (served) => {
  afterEach(async () => expect(await askHonestly(open[served])).toBeNull());

  it.each(Object.entries(FLOODS))("%s: by POST, by GET and to subscribers", async (_, asked) => {
    const { url } = open[served];
    expect(await judged(url, { path: "/graphql", body: asked })).toBeNull();
    const address = `/graphql?query=${encodeURIComponent(asked.query)}${asked.variables ? `&variables=${encodeURIComponent(JSON.stringify(asked.variables))}` : ""}`;
    if (address.length < LONGEST_ADDRESS) expect(await judged(url, { path: address })).toBeNull();
    const subscription = {
      ...asked,
      query: asked.query.replace("{", `subscription { standingsChanged(domain: "vision") { revision } } query Q {`),
    };
    const events = { accept: "text/event-stream" };
    for (const body of [asked, subscription]) {
      const { status, body: told } = await askHttp(url, { path: "/graphql", headers: events, body });
      const data = /^data: ?(\{.*\})$/m.exec(told)?.[1] ?? told;
      expect(faultOf({ status, body: Buffer.from(data, "latin1").toString(), milliseconds: 0 }, JSON.stringify(body))).toBeNull();
      expect(await bySocket(url, body)).not.toMatch(/INTERNAL|node_modules|^1011|^1006/);
    }
  });
});

it("no server wrote an error to its log", () => {
  for (const server of [open.joined, open.subgraphs, open.gateway])
    expect(
      server
        .printed()
        .match(/"level":[56]0.*/g)
        ?.slice(0, 3),
    ).toBeUndefined();
});
