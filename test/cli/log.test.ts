import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { appendFacts } from "../../src/database/append-facts";
import { issueKey } from "../../src/subgraphs/submissions/accounts/issue-key";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { type LogOptions, runLog } from "../../src/cli/log";
import { callCommand } from "./call-command";
import { runCli } from "./run-cli";

let database: TestDatabase;
let secret: string;
let prefix: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource).domain("vision").tree("root\n  leaf").model("alpha", { owner: "lab" }).account("rival").write();
  const accounts: { pk: number; key: string }[] = await dataSource.query(`SELECT pk, key FROM account`);
  const [lab, rival] = ["lab", "rival"].map((key) => accounts.find((account) => account.key === key)!.pk);
  const [{ idKey }] = await dataSource.query(`SELECT id_key AS "idKey" FROM ledger`);
  const query = (sql: string, parameters?: unknown[]) => dataSource.query(sql, parameters);
  secret = (await issueKey(query, idKey, { accountPk: lab, name: "cluster", expiresAt: null, creatorPk: null })).text;
  prefix = secret.slice(0, 11);
  const [{ apiKeyPk }] = await query(`SELECT pk AS "apiKeyPk" FROM api_key`);
  const rename = (name: string) => async (append: Parameters<Parameters<typeof appendFacts>[2]>[0]) => {
    await append.change("account", [{ pk: lab, display_name: name }]);
    await append.add("submission", [{ id: name, account_pk: lab, key: name, submitted_at: "2021-01-01T00:00:00Z" }]);
  };
  await appendFacts(dataSource, { accountPk: lab, apiKeyPk, source: "submitScores" }, rename("One"));
  await appendFacts(dataSource, { accountPk: rival, apiKeyPk: null, source: "registerModel" }, rename("Two"));
});
afterAll(() => database.drop());

const log = (options: Partial<LogOptions> = {}) => callCommand(database.url, (config) => runLog(config, { limit: "20", ...options }));

describe("scoretree log", () => {
  it("tells who wrote which facts when, by which key or by a token, the newest first", async () => {
    const { code, out } = await runCli(["log"], { DATABASE_URL: database.url });
    expect(code).toBe(0);
    const at = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z`;
    expect(out.split("\n")).toEqual([
      expect.stringMatching(new RegExp(`^${at}  10-11  rival  token  registerModel  added 1 submission; changed 1 account$`)),
      expect.stringMatching(new RegExp(`^${at}  8-9  lab  ${prefix}  submitScores  added 1 submission; changed 1 account$`)),
      expect.stringMatching(new RegExp(`^${at}  1-7  -  seed  added 1 domain, 2 benchmarks, 1 benchmark version, 1 model, 2 accounts$`)),
      "",
    ]);
  });

  it("takes filters and a limit", async () => {
    const sources = async (options: Partial<LogOptions>) =>
      (await log({ json: true, ...options })).out.split("\n").flatMap((line) => (line ? [JSON.parse(line).source] : []));
    expect(await sources({ account: "lab" })).toEqual(["submitScores"]);
    expect(await sources({ key: prefix })).toEqual(["submitScores"]);
    expect(await sources({ limit: "2" })).toEqual(["registerModel", "submitScores"]);
    expect(await sources({ since: "2020-01-01" })).toHaveLength(3);
    expect(await sources({ since: "2999-01-01" })).toEqual([]);
  });

  it("tells as JSON the same: every revision is counted once", async () => {
    const lines = (await log({ json: true })).out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines[1]).toEqual({
      at: expect.any(String),
      firstRevision: lines[0].firstRevision - 2,
      lastRevision: lines[0].firstRevision - 1,
      account: "lab",
      apiKey: { prefix, name: "cluster" },
      source: "submitScores",
      written: [
        { table: "account", added: 0, changed: 1 },
        { table: "submission", added: 1, changed: 0 },
      ],
    });
    for (const { firstRevision, lastRevision, written } of lines) {
      const counted = written.reduce((sum: number, { added, changed }: { added: number; changed: number }) => sum + added + changed, 0);
      expect(counted).toBe(lastRevision - firstRevision + 1);
    }
  });

  it("takes a whole key for its prefix, and repeats the secret of none, however mistyped", async () => {
    expect((await log({ key: secret })).out).toContain(prefix);
    const { failure } = await log({ key: `st_12345678${secret.slice(11)}!` });
    expect(failure).toBe(`There is no API key "st_12345678".`);
  });

  it("fails in words", async () => {
    expect(await log({ account: "nobody" })).toMatchObject({ out: "", failure: `There is no account "nobody".` });
    expect((await log({ key: "st_x" })).failure).toBe(`There is no API key "st_x".`);
    for (const limit of ["0", "-1", "many", "10001"]) expect((await log({ limit })).failure).toMatch(/^--limit: expected a number from 1/);
    expect((await log({ since: "then" })).failure).toMatch(/^--since: Expected an instant/);
  });
});
