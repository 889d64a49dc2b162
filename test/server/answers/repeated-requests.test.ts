import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type AnswerCounts, zeroAnswerCounts } from "../../../src/server/answers/counts";
import { openServer, type OpenServer } from "../open-server";

let open: OpenServer;
const counts: AnswerCounts = zeroAnswerCounts();
beforeAll(async () => {
  open = await openServer({
    answerCounts: counts,
    config: { host: "127.0.0.1", port: 4000, rates: { byAddress: 100_000, byAccount: null } },
  });
  await open.server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => open?.close());

const bodyFor = (name: string): string => JSON.stringify({ query: "query ($name: String) { hello(name: $name) }", variables: { name } });

/** What comes back over one connection for pieces of text that are sent one after the other, until the server or `until` ends it. */
async function exchange(pieces: readonly string[], until: (text: string) => boolean): Promise<string> {
  const socket = connect((open.server.server.address() as AddressInfo).port, "127.0.0.1");
  socket.setNoDelay(true);
  let text = "";
  const ended = new Promise<void>((resolve) => {
    socket.on("data", (chunk) => {
      text += chunk.toString();
      if (until(text)) resolve();
    });
    socket.once("close", () => resolve());
  });
  for (const piece of pieces) {
    socket.write(piece);
    // Each in a turn of the event loop of its own, so that the server reads them apart.
    await pause(20);
  }
  await ended;
  socket.destroy();
  return text;
}

const asked = (body: string, more = ""): string =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

/** The answers in what came over a connection: status, headers but for those of one request, body. */
function answersIn(text: string): { status: number; headers: Record<string, string>; body: string }[] {
  return text.split(/(?=HTTP\/1\.1 \d)/).map((answer) => {
    const [head, body] = answer.split("\r\n\r\n");
    const [status, ...lines] = head.split("\r\n");
    const headers = Object.fromEntries(
      lines.map((line) => line.split(": ") as [string, string]).map(([name, value]) => [name.toLowerCase(), value]),
    );
    return { status: Number(status.split(" ")[1]), headers, body };
  });
}

const countOf = (text: string): number => text.split("HTTP/1.1 ").length - 1;

/** The answers that were sent before Fastify heard of their requests. */
async function repeated(ask: () => Promise<unknown>): Promise<number> {
  const before = counts.repeatedTotal;
  await ask();
  return counts.repeatedTotal - before;
}

describe("a request that is the same as an earlier one", () => {
  it("has the same answer with the same headers", async () => {
    const text = asked(bodyFor("same"));
    let answers: ReturnType<typeof answersIn> = [];
    expect(
      await repeated(
        async () => (answers = answersIn(await exchange([text, text, text], (got) => countOf(got) === 3 && got.endsWith("\n")))),
      ),
    ).toBe(2);
    const plain = answers.map(({ status, headers: { date: _date, "x-request-id": id, ratelimit: _left, ...headers }, body }) => {
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      return { status, headers, body };
    });
    expect(plain[0]).toMatchObject({ status: 200, body: expect.stringContaining('"hello":"Hello, same"') });
    expect(plain[0].headers).toHaveProperty("vary");
    expect(plain[1]).toEqual(plain[0]);
    expect(plain[2]).toEqual(plain[0]);
    expect(new Set(answers.map(({ headers }) => headers["x-request-id"])).size).toBe(3);
  });

  it("uses up its asker's budget", async () => {
    const text = asked(bodyFor("budget"));
    const left = answersIn(await exchange([text, text, text], (got) => countOf(got) === 3 && got.endsWith("\n"))).map(({ headers }) =>
      Number(/r=(\d+)/.exec(headers.ratelimit)?.[1]),
    );
    expect(left[1] - left[2]).toBe(1);
  });

  it("is logged as any other", async () => {
    const text = asked(bodyFor("log"));
    const begin = open.log.length;
    expect(await repeated(() => exchange([text, text], (got) => countOf(got) === 2 && got.endsWith("\n")))).toBe(1);
    const lines = open.log
      .slice(begin)
      .map(({ reqId, responseTime, msg, req, res, operation }) => [typeof reqId, typeof responseTime, msg, req, res, operation]);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toEqual(lines[0]);
  });
});

describe("a body is read whole", () => {
  it("however it comes, for what is kept and what is not", async () => {
    const body = bodyFor("pieces");
    const text = asked(body);
    const cuts = [text.length - body.length, text.length - body.length + 1, text.length - 20, text.length];
    const pieces = cuts.map((end, at) => text.slice(at === 0 ? 0 : cuts[at - 1], end));
    const got = await exchange([...pieces, ...pieces], (so) => countOf(so) === 2 && so.endsWith("\n"));
    for (const { status, body: answer } of answersIn(got))
      expect([status, answer]).toEqual([200, expect.stringContaining("Hello, pieces")]);
  });

  it("also when several requests are sent at once", async () => {
    const names = ["one", "two", "one", "three", "two", "one"];
    const got = await exchange([names.map((name) => asked(bodyFor(name))).join("")], (so) => countOf(so) === 6 && so.endsWith("\n"));
    expect(answersIn(got).map(({ body }) => /Hello, (\w+)/.exec(body)?.[1])).toEqual(names);
  });

  it("if it is large, chunked or none, by who reads others", async () => {
    const large = JSON.stringify({ query: `{ hello } #${"x".repeat(20_000)}` });
    const chunked = bodyFor("chunked");
    const text = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunked.length.toString(16)}\r\n${chunked}\r\n0\r\n\r\n`;
    const none = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n";
    const ask = async () => {
      const got = await exchange([asked(large), text, none], (so) => countOf(so) === 3 && so.includes("errors"));
      expect(answersIn(got).map(({ status }) => status)).toEqual([200, 200, 400]);
    };
    await ask();
    expect(await repeated(ask)).toBe(0);
  });

  it("of a client that goes before its end, nothing is kept waiting", async () => {
    const socket = connect((open.server.server.address() as AddressInfo).port, "127.0.0.1");
    socket.write(asked(bodyFor("gone-before")) + asked(bodyFor("gone")).slice(0, -5));
    await once(socket, "data");
    socket.destroy();
    await once(socket, "close");
    const connections = () => new Promise<number>((resolve) => open.server.server.getConnections((_error, count) => resolve(count)));
    while ((await connections()) > 0) await pause(5);
    const got = await exchange([asked(bodyFor("gone"))], (so) => so.endsWith("\n"));
    expect(answersIn(got)[0].status).toBe(200);
  });
});

describe("never answered by what is kept is", () => {
  it("who sends a header that the answer depends on, or a page of another site", async () => {
    const body = bodyFor("headers");
    const end = (so: string) => so.endsWith("}\n") || so.endsWith("}");
    await exchange([asked(body)], end);
    expect(await repeated(() => exchange([asked(body)], end))).toBe(1);
    const answers = async (more: string) => answersIn(await exchange([asked(body, more)], end))[0].status;
    expect(
      await repeated(async () => {
        expect(await answers("Authorization: Bearer wrong\r\n")).toBe(401);
        expect(await answers("x-scoretree-revision: wrong\r\n")).toBe(400);
        expect(await answers("x-scoretree-min-revision: wrong\r\n")).toBe(400);
      }),
    ).toBe(0);
    const simple = asked(body).replace("application/json", "text/plain").replace("Host:", "Origin: https://elsewhere.example\r\nHost:");
    expect(await repeated(async () => expect(answersIn(await exchange([simple], end))[0].status).not.toBe(200))).toBe(0);
  });
});

describe("a server that closes", () => {
  it("answers what is kept, and ends the connection", async () => {
    const own = await openServer();
    await own.server.listen({ port: 0, host: "127.0.0.1" });
    const swap = open;
    open = own;
    try {
      const text = asked(bodyFor("closing"));
      await exchange([text], (so) => so.endsWith("\n"));
      const socket = connect((own.server.server.address() as AddressInfo).port, "127.0.0.1");
      let got = "";
      socket.on("data", (chunk) => (got += chunk.toString()));
      // The second one comes with the first, but not to its end before the server closes.
      socket.write(text + text.slice(0, -3));
      while (!got.endsWith("\n")) await pause(5);
      const closed = own.close();
      while (own.server.server.listening) await pause(5);
      socket.write(text.slice(-3));
      await once(socket, "close");
      expect(answersIn(got).map(({ status, headers }) => [status, headers.connection])).toEqual([
        [200, "keep-alive"],
        [200, "close"],
      ]);
      await closed;
    } finally {
      open = swap;
    }
  });
});
