import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readKey } from "../../src/subgraphs/submissions/accounts/key-text";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { runAccountCreate, runAccountList, runAccountRole } from "../../src/cli/account";
import { runKeyCreate, runKeyList, runKeyRevoke } from "../../src/cli/key";
import { callCommand } from "./call-command";
import { runCli } from "./run-cli";

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

const call = (run: Parameters<typeof callCommand>[1]) => callCommand(database.url, run);
const create = (key: string, options = {}) => call((config) => runAccountCreate(config, key, { key: true, ...options }));
const list = async () => (await call(runAccountList)).out;
const createKey = (of: string, options = {}) => call((config) => runKeyCreate(config, of, { name: "made", ...options }));
const listKeys = (of?: string) => call((config) => runKeyList(config, of));
const revoke = (text: string) => call((config) => runKeyRevoke(config, text));
const keys = () => database.dataSource.query(`SELECT * FROM api_key ORDER BY pk`);

describe("scoretree account", () => {
  it("makes a first admin, and shows its key once: alone on the standard output, for scripts", async () => {
    expect(await list()).toMatch(/There is no account yet/);
    const parameters = ["account", "create", "chief", "--name", "The Chief", "--admin"];
    const { code, out, error } = await runCli(parameters, { DATABASE_URL: database.url });
    expect(code).toBe(0);
    expect(out).toMatch(/^st_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}\n$/);
    expect(error).toMatch(/^Made the account chief, an admin\.\n.*never again/);
    const [key] = await keys();
    expect(key).toMatchObject({ ...readKey(out.trim())!, name: "first key", expires_at: null, revoked_at: null, last_used_at: null });
    expect(JSON.stringify(key)).not.toContain(out.trim().slice(12));
    const [account] = await database.dataSource.query(`SELECT * FROM account`);
    expect(account).toMatchObject({ key: "chief", display_name: "The Chief", role: "ADMIN", revision: 1, pk: key.account_pk });
  });

  it("makes members, without a key if told so, lists accounts and changes roles", async () => {
    expect(await create("lab", { key: false })).toEqual({ out: "", error: "Made the account lab.\n", failure: "" });
    await seed(database.dataSource).domain("vision").model("alpha", { owner: "lab" }).write();
    expect(await list()).toBe("chief  admin  1 API key  0 models  The Chief\nlab  member  0 API keys  1 model\n");
    const role = (key: string) => call((config) => runAccountRole(config, key, "admin"));
    for (let time = 0; time < 2; time++) expect((await role("lab")).out).toBe("lab is an admin.\n");
    expect(await list()).toMatch(/^lab {2}admin /m);
    expect((await role("nobody")).failure).toMatch(/no account "nobody"/);
  });

  it("fails in words, all faults at once, and writes nothing then", async () => {
    const before = await keys();
    expect(await create("lab")).toEqual({ out: "", error: "", failure: `There is an account "lab" already.` });
    const { failure } = await create("lab@example.org", { name: "me@example.org" });
    expect(failure.match(/no e-mail address/g)).toHaveLength(2);
    expect(await keys()).toEqual(before);
  });
});

describe("scoretree key", () => {
  it("makes, lists and revokes keys", async () => {
    const expires = new Date(Date.now() + 86_400_000).toISOString();
    const made = await createKey("lab", { name: "cluster", expires });
    expect(made.error).toMatch(/^Made a key of the account lab\./);
    const prefix = made.out.slice(0, 11);
    expect((await listKeys("lab")).out).toMatch(new RegExp(`^${prefix}  lab  cluster  made \\S+Z  never used  expires ${expires}\n$`));
    expect((await listKeys()).out.split("\n")).toHaveLength(3);
    // The whole key is taken too, by who has found it somewhere; and a key that was revoked stays as it is.
    for (const text of [made.out.trim(), prefix]) expect((await revoke(text)).out).toBe(`The key ${prefix} of lab is good no longer.\n`);
    expect((await listKeys("lab")).out).toMatch(/ {2}never used {2}revoked \S+Z\n$/);
    expect(await list()).toMatch(/^lab .* 0 API keys /m);
  });

  it("fails in words", async () => {
    for (const failed of [await createKey("nobody"), await listKeys("nobody")])
      expect(failed.failure).toBe(`There is no account "nobody".`);
    expect((await revoke("st_00000000")).failure).toBe(`There is no API key "st_00000000".`);
    expect((await createKey("lab", { expires: "tomorrow" })).failure).toMatch(/^--expires: Expected an instant/);
    const { out, failure } = await createKey("lab", { name: " ", expires: "2020-01-01" });
    expect(out).toBe("");
    expect(failure).toMatch(/1 to 200 characters.*\n.*in the future, got 2020-01-01T23:59:59.999Z/);
  });
});
