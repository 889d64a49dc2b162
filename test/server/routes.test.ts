import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { appendFacts } from "../../src/database/append-facts";
import { seed } from "../support/seed";
import { openServer, type OpenServer } from "./open-server";

const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

let open: OpenServer;
let pages: string;

beforeAll(async () => {
  pages = mkdtempSync(path.join(tmpdir(), "scoretree-pages-"));
  for (const folder of ["graphiql", "assets"]) mkdirSync(path.join(pages, folder));
  writeFileSync(path.join(pages, "index.html"), "<h1>landing</h1>");
  writeFileSync(path.join(pages, "graphiql/index.html"), "<h1>graphiql</h1>");
  writeFileSync(path.join(pages, "assets/main-abc.js"), "1;");
  open = await openServer({ pages });
  const { dataSource } = open.database;
  await seed(dataSource).domain("vision").write();
  const [{ pk }] = (await dataSource.query(`SELECT pk FROM domain`)) as { pk: number }[];
  await appendFacts(dataSource, { source: "test" }, async (append) => {
    await append.add("sample_file", [
      { id: "samplefile_1", domain_pk: pk, path: "stimuli/V1 ä/1.png", content: PIXEL, media_type: "image/png" },
    ]);
  });
});
afterAll(async () => {
  await open.close();
  rmSync(pages, { recursive: true });
});

const get = async (url: string, headers: Record<string, string> = {}) => {
  const reply = await open.server.inject({ method: "GET", url, headers });
  return { status: reply.statusCode, headers: reply.headers, body: reply.body, bytes: reply.rawPayload };
};

describe("a sample", () => {
  const url = "/samples/vision/stimuli/V1%20%C3%A4/1.png";

  test("is served with its type, to be kept for long", async () => {
    const { status, headers, bytes } = await get(url);
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, "image/png", "public, max-age=86400"]);
    expect(bytes.equals(PIXEL)).toBe(true);
    expect(headers["content-security-policy"]).toMatch("sandbox");
  });

  test("is not sent again to who has it", async () => {
    const tag = (await get(url)).headers.etag as string;
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    for (const given of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const { status, body } = await get(url, { "if-none-match": given });
      expect([status, body]).toEqual([304, ""]);
    }
    expect((await get(url, { "if-none-match": `"other"` })).status).toBe(200);
  });

  test.each([
    "vision/none.png",
    "language/stimuli/V1%20%C3%A4/1.png",
    "vision/",
    "vision/%00",
    "vision/..%2F..%2Fpackage.json",
    "vision/%E0%A4%A",
  ])("that there is none of (%s) is not found", async (name) => {
    const { status, body } = await get(`/samples/${name}`);
    expect([400, 404]).toContain(status);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: expect.any(String) as string } }] });
  });
});

test("the schema is shown as text", async () => {
  const { headers, body } = await get("/schema.graphql");
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(body).toMatch("type Query");
});

describe("pages", () => {
  test.each([
    ["/", "landing"],
    ["/graphiql", "graphiql"],
    ["/graphiql/", "graphiql"],
  ])("%s is %s, may load from this server only, and is looked at again each time", async (url, text) => {
    const { status, headers, body } = await get(url);
    expect([status, body, headers["cache-control"]]).toEqual([200, `<h1>${text}</h1>`, "no-cache"]);
    expect(headers["content-security-policy"]).toMatch("default-src 'none'; script-src 'self'");
  });

  test("files that are named by their content are kept for good", async () => {
    expect((await get("/assets/main-abc.js")).headers["cache-control"]).toBe("public, max-age=31536000, immutable");
  });

  test("that are not there are not found, in JSON", async () => {
    for (const url of ["/nothing", "/assets/../../etc/passwd", "/%2e%2e/package.json"]) {
      const { status, body } = await get(url);
      expect([status, JSON.parse(body)]).toEqual([
        404,
        { errors: [{ message: "There is nothing here.", extensions: { code: "NOT_FOUND" } }] },
      ]);
    }
  });

  test("of a domain are not there for who cannot see it, but come where HTML is asked for: who signs in may see more", async () => {
    const asked = { method: "GET", url: "/vision/model/hidden", headers: { accept: "text/html" } } as const;
    const { statusCode, body } = await open.server.inject(asked);
    expect([statusCode, body]).toEqual([404, "<h1>landing</h1>"]);
    expect((await get("/vision/model/hidden")).status).toBe(404);
    expect((await get("/account")).body).toBe("<h1>landing</h1>");
  });

  test("that were not built say so", async () => {
    const without = await openServer();
    const { statusCode, body } = await without.server.inject("/graphiql");
    expect([statusCode, body]).toEqual([404, expect.stringContaining("npm run build")]);
    await without.close();
  });
});

describe("health", () => {
  test("is live and ready while the database answers", async () => {
    expect(JSON.parse((await get("/health/live")).body)).toEqual({ status: "live" });
    expect(JSON.parse((await get("/health/ready")).body)).toEqual({ status: "ready", revision: expect.stringMatching(/^\d+$/) });
  });

  test("is live but not ready once it does not, and the log says why", async () => {
    const broken = await openServer();
    await broken.database.dataSource.destroy();
    const { statusCode, body } = await broken.server.inject("/health/ready");
    expect([statusCode, JSON.parse(body)]).toEqual([503, { status: "not ready", reason: "The database does not answer." }]);
    expect((await broken.server.inject("/health/live")).statusCode).toBe(200);
    expect(broken.log).toContainEqual(expect.objectContaining({ level: 40, msg: "The database does not answer." }));
    await broken.close();
  });
});

describe("health, while facts are old", () => {
  test("is live but not ready, until they are new again", async () => {
    let lag = 59_000;
    const late = await openServer({ lag: () => lag });
    const ready = async () => {
      const { statusCode, body } = await late.server.inject("/health/ready");
      return [statusCode, JSON.parse(body)];
    };
    expect(await ready()).toEqual([200, { status: "ready", revision: expect.any(String) }]);
    lag = 61_000;
    expect(await ready()).toEqual([503, { status: "not ready", reason: "The newest facts could not be read for 61 seconds." }]);
    expect((await late.server.inject("/health/live")).statusCode).toBe(200);
    expect(late.log).toContainEqual(expect.objectContaining({ level: 40, msg: expect.stringContaining("could not be read") }));
    lag = 0;
    expect(await ready()).toEqual([200, expect.anything()]);
    await late.close();
  });
});

describe("health, while the database is there but does not answer", () => {
  test("is live but not ready, and ready again once it does", async () => {
    const stuck = await openServer();
    const ready = async () => (await stuck.server.inject("/health/ready")).statusCode;
    const { dataSource } = stuck.database;
    await dataSource.transaction(async (manager) => {
      await manager.query("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE");
      expect(await ready()).toBe(503);
      expect((await stuck.server.inject("/health/live")).statusCode).toBe(200);
    });
    expect(await ready()).toBe(200);
    await stuck.close();
  });
});

test("the log has a line a request, without its query", async () => {
  await get("/graphql?query=%7Bhello(name%3A%22private%22)%7D");
  expect(open.log).toContainEqual(expect.objectContaining({ req: { method: "GET", path: "/graphql" } }));
  expect(JSON.stringify(open.log)).not.toMatch("private");
});
