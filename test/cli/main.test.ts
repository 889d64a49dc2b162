import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { edited, removeFolders, SMALL, smallFolder } from "../dataset/small-folder";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { runCli, startCli } from "./run-cli";

let database: TestDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await createTestDatabase();
  environment = { DATABASE_URL: database.url };
});
afterAll(async () => {
  removeFolders();
  await database.drop();
});

test.each([
  ["no command", [], /Usage: scoretree/],
  ["an unknown command", ["frobnicate"], /unknown command 'frobnicate'/],
  ["a missing folder", ["import"], /missing required argument 'dir'/],
  ["an unknown option", ["export", "x", "--format", "pdf"], /unknown option '--format'/],
  ["an unknown direction", ["migrate", "sideways"], /Allowed choices are up, down, status/],
])("%s is a matter of usage: exit code 2", async (_, parameters, words) => {
  const { code, error } = await runCli(parameters);
  expect(error).toMatch(words);
  expect(code).toBe(2);
});

test("--help tells every command: exit code 0", async () => {
  const { code, out } = await runCli(["--help"]);
  expect(out).toMatch(/serve[^]*import[^]*export[^]*migrate[^]*compose[^]*doctor/);
  expect(code).toBe(0);
});

test("a wrong environment is told with all faults: exit code 1", async () => {
  const { code, error } = await runCli(["serve"], { PORT: "zero", LOG_LEVEL: "loud" });
  expect(error).toMatch(/PORT="zero"[^]*LOG_LEVEL="loud"/);
  expect(error).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
});

test("imports, tells what it did, and exports the same again", async () => {
  const folder = smallFolder();
  const dry = await runCli(["import", folder, "--dry-run"], environment);
  expect(dry).toMatchObject({ code: 0 });
  expect(dry.out).toMatch(/Would write to domain vision[^]*nothing was written:[^]*observations +3 new/);
  const first = await runCli(["import", folder], environment);
  expect(first).toMatchObject({ code: 0 });
  expect(first.out).toMatch(/Wrote 20 facts to domain vision \(0 facts unchanged\); now at revision 20:[^]*observations +3 new/);
  expect(first.error).toMatch(/Reading scores.csv\nChecking against the database\n[^]*Writing table observation: 3 of 3\n/);
  const second = await runCli(["import", folder], environment);
  expect(second.out).toBe("Nothing to write: domain vision has it all already (20 facts unchanged).\n");
  const target = path.join(smallFolder(), "out");
  const exported = await runCli(["export", target, "--domain", "vision", "--private"], environment);
  expect(exported).toMatchObject({ code: 0, out: `Wrote domain vision at revision 20 to ${target}: 2 models, 3 observations.\n` });
  expect(readFileSync(path.join(target, "references.bib"), "utf8")).toBe(SMALL["references.bib"]);
});

test("a faulty folder is told fault by fault, without a stack: exit code 1", async () => {
  const { code, error } = await runCli(["import", smallFolder(edited("scores.csv", ".4,.5", "x,y"))], environment);
  expect(code).toBe(1);
  expect(error).toMatch(/The data set has 2 faults; nothing was written.\n {2}scores.csv:2, raw: .*\n {2}scores.csv:2, ceiled: .*\n$/);
});

test("LOG_LEVEL=debug shows the stack of an error", async () => {
  const { error } = await runCli(["export", smallFolder(), "--domain", "motor"], { ...environment, LOG_LEVEL: "debug" });
  expect(error).toMatch(/There is no domain "motor"[^]*\n\s+at /);
});

test("a database that does not answer is told in words, without its password", async () => {
  const { code, error } = await runCli(["migrate", "status"], { DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/none" });
  expect(error).toMatch(/postgresql:\/\/me@127.0.0.1:1\/none cannot be used: .*ECONNREFUSED.*Check DATABASE_URL/);
  expect(error).not.toMatch(/secret|\n\s+at /);
  expect(code).toBe(1);
});

test("migrates down only if nothing is lost or it is forced, and up again", async () => {
  const own = await createTestDatabase({ isMigrated: false });
  try {
    const there = { DATABASE_URL: own.url };
    expect((await runCli(["migrate", "status"], there)).out).toMatch(/pending +Facts/);
    expect(await runCli(["export", smallFolder()], there)).toMatchObject({
      code: 1,
      error: expect.stringMatching(/Run: scoretree migrate up/),
    });
    expect((await runCli(["migrate"], there)).out).toMatch(/^Ran Facts/);
    expect((await runCli(["migrate"], there)).out).toMatch(/^Nothing to do/);
    await runCli(["import", smallFolder()], there);
    const refused = await runCli(["migrate", "down"], there);
    expect(refused).toMatchObject({ code: 1, error: expect.stringMatching(/holds facts up to revision 20[^]*--force/) });
    const forced = await runCli(["migrate", "down", "--force"], there);
    expect(forced).toMatchObject({ code: 0, out: expect.stringMatching(/^Undid /) });
  } finally {
    await own.drop();
  }
});

test("composes the schema, and tells if what is printed is not current", async () => {
  const checked = await runCli(["compose", "--check"]);
  expect(checked.code === 0 ? checked.out : checked.error).toMatch(/schema\/ is (not )?current/);
});

describe("serve", () => {
  const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    return port;
  };

  test("fills an empty database, answers, tells where, and stops cleanly on SIGTERM", async () => {
    const own = await createTestDatabase({ isMigrated: false });
    const port = await freePort();
    const child = startCli(["serve"], { DATABASE_URL: own.url, PORT: String(port), SCORETREE_DATASET: smallFolder(), LOG_LEVEL: "warn" });
    try {
      let out = "";
      child.stderr.on("data", (text) => (out += text));
      await new Promise<void>((resolve, reject) => {
        child.stdout.on("data", (text) => /Stop with/.test((out += text)) && resolve());
        child.once("exit", () => reject(new Error(out)));
      });
      expect(out).toMatch(/Wrote 20 facts to domain vision/);
      expect(out).toMatch(new RegExp(`GraphiQL +http://127.0.0.1:${port}/graphiql`));
      const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: `{ model(domain: "vision", name: "alpha") { score(benchmark: "leaf-a") { display } } }` }),
      });
      expect(await answer.json()).toMatchObject({ data: { model: { score: { display: ".500" } } } });
      child.kill("SIGTERM");
      expect(await once(child, "exit")).toEqual([0, null]);
    } finally {
      child.kill("SIGKILL");
      await own.drop();
    }
  });

  test("a port that is taken is told in words: exit code 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { code, error } = await runCli(["serve"], { ...environment, PORT: String(port), LOG_LEVEL: "silent" });
    other.close();
    expect(error).toBe(`Another program has 127.0.0.1:${port}. Stop it, or set PORT to another port.\n`);
    expect(code).toBe(1);
  });
});

test("the folder that an export makes has every file of a data set", async () => {
  const target = path.join(smallFolder(), "fresh");
  await runCli(["import", smallFolder()], environment);
  await runCli(["export", target], environment);
  for (const file of Object.keys(SMALL)) expect([file, existsSync(path.join(target, file))]).toEqual([file, true]);
});
