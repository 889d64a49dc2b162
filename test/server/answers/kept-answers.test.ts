import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { CurrentBoard } from "../../../src/board/current";
import { type AnswerCounts, zeroAnswerCounts } from "../../../src/server/answers/counts";
import { createServer } from "../../../src/server/create-server";
import { createLogger } from "../../../src/server/logger";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { giveKey } from "../../support/give-key";
import { joinedSchema } from "../../support/joined";
import { seed } from "../../support/seed";

const LEAVES = Array.from({ length: 24 }, (_, at) => `leaf-${at}`);

let database: TestDatabase;
let current: CurrentBoard;
let server: Awaited<ReturnType<typeof createServer>>;
const counts: AnswerCounts = zeroAnswerCounts();
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  const tree = ["average", ...LEAVES.map((name) => `  ${name}`)].join("\n");
  const story = seed(dataSource).domain("vision").tree(tree).model("alpha", { owner: "lab" }).model("beta").model("gamma");
  for (const name of LEAVES) story.version(name, 1);
  LEAVES.forEach((name, at) => story.score("alpha", name, at / 100).score("beta", name, (50 - at) / 100));
  await story.write();
  current = await CurrentBoard.open(dataSource, { url: database.url, onError: (error) => void console.error(error) });
  server = await createServer({
    endpoints: [{ path: "/graphql", schema: joinedSchema().schema }],
    config: { host: "127.0.0.1", port: 4000 },
    dataSource,
    board: () => current.board,
    atLeast: (revision) => current.atLeast(revision),
    recent: () => current.recent,
    logger: createLogger("silent"),
    pages: null,
    answerCounts: counts,
  });
  await server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  agent.destroy();
  await server?.close();
  await current?.close();
  await database?.drop();
});

const QUERY = `query ($name: String!) { model(domain: "vision", name: $name) { name scores { benchmark { identifier } value rank statistics { mean } } } }`;
const HASH = createHash("sha256").update(QUERY).digest("hex");
const asGet = (parameters: Record<string, string>) => `/graphql?${new URLSearchParams(parameters)}`;
const ofAlpha = asGet({ query: QUERY, variables: `{"name":"alpha"}` });

const agent = new Agent({ keepAlive: true });

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: object;
}

/** Over HTTP, as what is kept is sent before Fastify hears of a request. */
async function send({ method, url, headers, payload }: Sent) {
  const { port } = server.server.address() as AddressInfo;
  const body = payload && JSON.stringify(payload);
  const ofBody = body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const asked = request({ agent, host: "127.0.0.1", port, method, path: url, headers: { host: "localhost", ...ofBody, ...headers } });
  asked.end(body);
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  const bytes = Buffer.concat(await response.toArray());
  return { status: response.statusCode, headers: response.headers, bytes, body: bytes.toString() };
}
const get = (url: string, headers: Record<string, string> = {}) => send({ method: "GET", url, headers });
const post = (body: object, headers: Record<string, string> = {}) => send({ method: "POST", url: "/graphql", payload: body, headers });

/** What `ask` sends again instead of computing it. */
async function sentAgain(ask: () => Promise<unknown>): Promise<number> {
  const before = counts.sentAgainTotal;
  await ask();
  return counts.sentAgainTotal - before;
}

describe("an answer to an anonymous query", () => {
  it("is computed once, however it is asked for", async () => {
    const first = await get(ofAlpha);
    const variables = { name: "alpha" };
    const extensions = { persistedQuery: { version: 1, sha256Hash: HASH } };
    const others = [
      () => get(ofAlpha),
      () => post({ query: QUERY, variables }),
      () => post({ query: QUERY, variables, operationName: null, extensions }),
      () => post({ variables, extensions }),
      () => get(asGet({ variables: JSON.stringify(variables), extensions: JSON.stringify(extensions) })),
    ];
    for (const ask of others) {
      expect(
        await sentAgain(async () => {
          const { status, body, headers } = await ask();
          expect([status, body, headers["content-type"]]).toEqual([200, first.body, first.headers["content-type"]]);
        }),
      ).toBe(1);
    }
  });

  it("is another one for other variables, operations and hosts", async () => {
    const operations = `query A { domains { name } } query B { domains { slug } }`;
    const asks = [
      () => post({ query: QUERY, variables: { name: "gamma" } }),
      () => post({ query: operations, operationName: "A" }),
      () => post({ query: operations, operationName: "B" }),
      () => get(ofAlpha, { host: "elsewhere.example" }),
      () => post({ query: `${QUERY} `, variables: { name: "alpha" } }),
    ];
    for (const ask of asks) expect(await sentAgain(ask)).toBe(0);
    for (const ask of asks) expect(await sentAgain(ask)).toBe(1);
  });

  it("has the media type that its asker speaks", async () => {
    for (const accept of ["application/graphql-response+json", "application/json", "*/*"]) {
      const [one, again] = [await get(ofAlpha, { accept }), await get(ofAlpha, { accept })];
      expect(again.headers["content-type"]).toBe(one.headers["content-type"]);
      if (accept !== "*/*") expect(one.headers["content-type"]).toMatch(accept);
    }
    expect((await get(ofAlpha, { accept: "text/html" })).status).toBe(406);
    expect((await get(ofAlpha)).headers.vary).toBe(
      "accept, accept-encoding, authorization, x-scoretree-revision, x-scoretree-min-revision",
    );
  });

  it("travels small to who takes that", async () => {
    const { body } = await get(ofAlpha);
    const brotli = await get(ofAlpha, { "accept-encoding": "gzip, deflate, br" });
    expect([brotli.headers["content-encoding"], brotliDecompressSync(brotli.bytes).toString()]).toEqual(["br", body]);
    const gzip = await get(ofAlpha, { "accept-encoding": "gzip, br;q=0" });
    expect([gzip.headers["content-encoding"], gunzipSync(gzip.bytes).toString()]).toEqual(["gzip", body]);
    expect(gzip.bytes.length).toBeLessThan(body.length / 3);
    const plain = await get(ofAlpha, { "accept-encoding": "identity" });
    expect([plain.headers["content-encoding"], plain.body]).toEqual([undefined, body]);
  });

  it("by GET may be kept by any cache, which is told 304 as long as it holds, without that it is computed", async () => {
    const { headers, body } = await get(ofAlpha);
    expect(headers["cache-control"]).toBe("public, max-age=0, must-revalidate");
    const etag = headers.etag as string;
    const before = counts.computedTotal;
    for (const held of [etag, `"other", ${etag}`, etag.slice(2), "*"]) {
      const answer = await get(ofAlpha, { "if-none-match": held });
      expect([answer.status, answer.body, answer.headers.etag]).toEqual([304, "", etag]);
    }
    expect(counts.computedTotal).toBe(before);
    expect(await get(ofAlpha, { "if-none-match": '"other"' })).toMatchObject({ status: 200, body });
    expect((await post({ query: QUERY, variables: { name: "alpha" } })).headers).not.toHaveProperty("etag");
  });
});

describe("never kept are", () => {
  it("answers to somebody", async () => {
    const authorization = `Bearer ${await giveKey(database.dataSource, "lab")}`;
    await get(ofAlpha);
    for (let time = 0; time < 2; time++) {
      expect(
        await sentAgain(async () => {
          const { headers } = await get(ofAlpha, { authorization });
          expect(headers["cache-control"]).toBe("private, no-store");
          expect(headers).not.toHaveProperty("etag");
        }),
      ).toBe(0);
    }
  });

  it("answers with an error, mutations and what is asked in an odd way", async () => {
    const asks = [
      () => get(asGet({ query: `{ model(domain: "vision", name: 5) { name } }` })),
      () => get(asGet({ query: `{ standings(domain: "nowhere") { revision } }` })),
      () => get(asGet({ query: "{" })),
      () => get(asGet({ extensions: `{"persistedQuery":{"version":1,"sha256Hash":"${"0".repeat(64)}"}}` })),
      () => get(`${ofAlpha}&query=x`),
      () => post({ query: `mutation { createAccount(input: { key: "x" }) { userErrors { code } } }` }),
      () => post({ query: QUERY, variables: { name: "alpha" }, extensions: { other: 1 } }),
      () =>
        post({ query: QUERY, variables: { name: "alpha" }, extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
    ];
    for (const ask of [...asks, ...asks]) {
      expect(
        await sentAgain(async () => {
          const { headers } = await ask();
          expect(headers["cache-control"] ?? "no-store").toMatch(/no-store|no-cache/);
        }),
      ).toBe(0);
    }
  });
});

describe("while scores are written", () => {
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  it("no byte is sent that a fresh execution would not send, and no revision after a newer one (§9)", async () => {
    const { dataSource } = database;
    let isWriting = true;
    const write = async (model: string, isPublic: boolean) => {
      for (let round = 0; round < 12; round++) {
        const story = seed(dataSource).domain("vision");
        if (!isPublic) story.model(`secret-${round}`, { isPublic: false, owner: "lab" });
        const place = isPublic ? { ceiled: (round + 1) / 20 } : { ceiled: 0.99, owner: "lab" };
        await story
          .score(isPublic ? model : `secret-${round}`, LEAVES[round % LEAVES.length], { ...place, endedAt: `2022-01-${10 + round}` })
          .write();
        await wait(15);
      }
    };
    const byRevision = new Map<string, string>();
    let compared = 0;
    const revisionOf = (body: string) => (JSON.parse(body) as { extensions: { revision: string } }).extensions.revision;
    const variables = { name: "alpha" };
    const asks = {
      byGet: () => get(ofAlpha),
      byPost: () => post({ query: QUERY, variables }),
      fresh: () => post({ query: QUERY, variables, extensions: { fresh: true } }),
    };
    const read = async (ask: keyof typeof asks) => {
      let last = 0;
      while (isWriting) {
        const least = current.board.catalog.ledger.publicRevision;
        const { body } = await asks[ask]();
        const revision = revisionOf(body);
        expect(Number(revision)).toBeGreaterThanOrEqual(Math.max(least, last));
        last = Number(revision);
        const known = byRevision.get(revision);
        if (known !== undefined) compared++;
        byRevision.set(revision, known ?? body);
        expect([revision, body]).toEqual([revision, byRevision.get(revision)]);
        await wait(1);
      }
    };
    const before = { ...counts };
    const readers = (["byGet", "byGet", "byPost", "byPost", "fresh", "fresh"] as const).map(read);
    await Promise.all([write("alpha", true), write("beta", true), write("", false)]);
    await current.refresh();
    await wait(30);
    isWriting = false;
    await Promise.all(readers);
    expect(byRevision.size).toBeGreaterThan(5);
    expect(compared).toBeGreaterThan(50);
    expect(counts.sentAgainTotal - before.sentAgainTotal).toBeGreaterThan(20);
    expect(counts.repeatedTotal - before.repeatedTotal).toBeGreaterThan(20);
    expect(revisionOf((await get(ofAlpha)).body)).toBe(String(current.board.catalog.ledger.publicRevision));
  });

  it("in private, what is kept stays: nobody can tell from the time of an answer (§10)", async () => {
    await get(ofAlpha);
    const { revision } = current.board.catalog.ledger;
    await seed(database.dataSource).domain("vision").model("hidden", { isPublic: false, owner: "lab" }).write();
    await current.refresh();
    expect(current.board.catalog.ledger.revision).toBeGreaterThan(revision);
    expect(await sentAgain(() => get(ofAlpha))).toBe(1);
  });

  it("in public, nothing of before is left", async () => {
    await get(ofAlpha);
    await seed(database.dataSource).domain("vision").score("gamma", "leaf-1", 0.5).write();
    await current.refresh();
    expect(await sentAgain(() => get(ofAlpha))).toBe(0);
    expect(counts.kept).toBe(1);
    expect(counts.keptBytes).toBeGreaterThan(1000);
  });
});
