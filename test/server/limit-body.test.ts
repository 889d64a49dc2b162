import { request } from "node:http";
import { buildSchema } from "graphql";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { openServer, type OpenServer } from "./open-server";

let open: OpenServer;
let url: string;
let key: string;
beforeAll(async () => {
  open = await openServer({
    endpoints: ["/graphql", "/graphql/alone"].map((path) => ({
      path,
      schema: buildSchema("type Query { hello: String }"),
      isForGateway: path !== "/graphql",
    })),
  });
  await seed(open.database.dataSource).account("lab").write();
  key = await giveKey(open.database.dataSource, "lab");
  url = await open.server.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(() => open?.close());

/** The status that a body of so many bytes gets, sent with its length said before or in chunks of unknown number. */
function statusOf(bytes: number, { isChunked = false, authorization = "", path = "/graphql" } = {}): Promise<number> {
  const [head, tail] = [`{"query": "{ hello }", "operationName": null, "x": "`, `"}`];
  const body = head + "x".repeat(bytes - head.length - tail.length) + tail;
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
    const sent = request(url + path, {
      method: "POST",
      headers: isChunked ? headers : { ...headers, "content-length": body.length },
    });
    sent.on("response", (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on("error", reject);
    if (!isChunked) return void sent.end(body);
    for (let start = 0; start < body.length; start += 60_000) sent.write(body.slice(start, start + 60_000));
    sent.end();
  });
}

describe.each([
  ["with its length said", false],
  ["in chunks", true],
])("a body %s", (_, isChunked) => {
  it("of anybody may have 256 kB", async () => {
    expect(await statusOf(256 * 1024, { isChunked })).toBe(200);
    for (const bytes of [256 * 1024 + 1, 2_000_000]) expect(await statusOf(bytes, { isChunked })).toBe(413);
  });

  it("of an account may have 8 MB: a submission of 10,000 scores fits in", async () => {
    const authorization = `Bearer ${key}`;
    expect(await statusOf(8 * 1024 * 1024, { isChunked, authorization })).toBe(200);
    expect(await statusOf(8 * 1024 * 1024 + 1, { isChunked, authorization })).toBe(413);
  });

  it("that a gateway sends may have 8 MB, whoever asks the gateway: it asks for many entities at once", async () => {
    expect(await statusOf(8 * 1024 * 1024, { isChunked, path: "/graphql/alone" })).toBe(200);
    expect(await statusOf(8 * 1024 * 1024 + 1, { isChunked, path: "/graphql/alone" })).toBe(413);
  });

  it("of a key that is good for nobody is not read at all", async () => {
    expect(await statusOf(1_000, { isChunked, authorization: `Bearer ${key.replace(/.$/, "!")}` })).toBe(401);
  });
});
