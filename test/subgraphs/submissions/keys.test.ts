import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Viewer } from "../../../src/board/viewer";
import { readKey } from "../../../src/subgraphs/submissions/accounts/key-text";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { viewerOf } from "../../support/viewer-of";
import type { Json } from "../../support/json";

const CREATE_ACCOUNT = `mutation ($input: CreateAccountInput!) {
  createAccount(input: $input) { account { id key displayName role apiKeys { id } } userErrors { code path message } } }`;
const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { apiKey { id name prefix createdAt lastUsedAt expiresAt revokedAt } secret userErrors { code path message } } }`;
const REVOKE = `mutation ($id: ID!) { revokeApiKey(input: { apiKey: $id }) { apiKey { id revokedAt } userErrors { code path message } } }`;

let database: TestDatabase;
let joined: Joined;
let lab: Viewer;
let rival: Viewer;
let admin: Viewer;
const ids: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").account("lab").account("rival").account("chief", { role: "ADMIN" }).write();
  joined = await openJoined(database);
  [lab, rival] = [await viewerOf(database.dataSource, "lab"), await viewerOf(database.dataSource, "rival")];
  admin = { ...(await viewerOf(database.dataSource, "chief"))!, isAdmin: true };
  for (const { id, key } of await database.dataSource.query(`SELECT id, key FROM account`)) ids[key] = id;
});
afterAll(() => database.drop());
beforeEach(async () => void (await database.dataSource.query(`UPDATE api_key SET revoked_at = now() WHERE revoked_at IS NULL`)));

const write = async (query: string, variables: object, viewer: Viewer) =>
  Object.values(await joined.data(query, { viewer, variables: variables as Record<string, unknown> }))[0] as Json;
const createKey = (input: object, viewer = lab) => write(CREATE, { input: { name: "cluster", ...input } }, viewer);
const revoke = (id: string, viewer = lab) => write(REVOKE, { id }, viewer);
const told = ({ userErrors }: { userErrors: { code: string; path: string[] }[] }) =>
  userErrors.map(({ code, path }) => `${code} ${path.join(".")}`);
const keysOf = async (viewer: Viewer) =>
  (await joined.data(`{ viewer { apiKeys { id name prefix revokedAt } } }`, { viewer })).viewer.apiKeys;
const count = async (table: string) => (await database.dataSource.query(`SELECT count(*) AS n FROM ${table}`))[0].n as number;

describe("createAccount", () => {
  const create = (input: object, viewer: Viewer = admin) => write(CREATE_ACCOUNT, { input: { key: "newcomer", ...input } }, viewer);

  it("makes an account, a member unless told otherwise, without keys", async () => {
    const made = await create({ displayName: "New comer" });
    expect(made).toEqual({
      account: { id: expect.stringMatching(/^account_/), key: "newcomer", displayName: "New comer", role: "MEMBER", apiKeys: [] },
      userErrors: [],
    });
    expect((await create({ key: "deputy", displayName: "", role: "ADMIN" })).account).toMatchObject({ displayName: null, role: "ADMIN" });
  });

  it("is for admins", async () => {
    const before = await count("account");
    for (const viewer of [null, lab]) {
      const { account, userErrors } = await create({ key: "more" }, viewer);
      expect([account, told({ userErrors })]).toEqual([null, ["NOT_ALLOWED "]]);
    }
    expect(await count("account")).toBe(before);
  });

  it("refuses a key that is taken, or an e-mail address, anywhere (§10)", async () => {
    expect(told(await create({ key: "lab" }))).toEqual(["CONFLICT key"]);
    expect(told(await create({ key: "me@example.org", displayName: "Me <me@example.org>" }))).toEqual([
      "INVALID key",
      "INVALID displayName",
    ]);
    expect(told(await create({ key: "a\nb" }))).toEqual(["INVALID key"]);
  });
});

describe("createApiKey", () => {
  it("tells the secret once; what is kept is its prefix and a hash", async () => {
    const { apiKey, secret, userErrors } = await createKey({});
    expect(userErrors).toEqual([]);
    expect(apiKey).toEqual({
      ...{ id: expect.stringMatching(/^api-key_[\w-]{22}$/), name: "cluster", prefix: secret.slice(0, 11) },
      ...{ createdAt: expect.stringMatching(/Z$/), lastUsedAt: null, expiresAt: null, revokedAt: null },
    });
    const [kept] = await database.dataSource.query(`SELECT * FROM api_key ORDER BY pk DESC LIMIT 1`);
    expect(kept).toMatchObject({ ...readKey(secret)!, account_pk: lab!.accountPk, creator_pk: lab!.accountPk });
    expect(JSON.stringify(kept)).not.toContain(secret.slice(12));
    expect((await keysOf(lab))[0]).toEqual({ id: apiKey.id, name: "cluster", prefix: apiKey.prefix, revokedAt: null });
  });

  it("takes an expiry in the future", async () => {
    expect((await createKey({ expiresAt: "2999-01-01" })).apiKey.expiresAt).toBe("2999-01-01T23:59:59.999Z");
    expect(told(await createKey({ expiresAt: "2020-01-01", name: "" }))).toEqual(["INVALID name", "INVALID expiresAt"]);
    expect(told(await createKey({ name: "a\0" }))).toEqual(["INVALID name"]);
  });

  it("is for accounts; for another account it is for admins, and others' accounts are not there (§10)", async () => {
    const before = await count("api_key");
    expect(told(await createKey({}, null))).toEqual(["NOT_ALLOWED "]);
    const [hidden, unknown] = [await createKey({ account: ids.rival }), await createKey({ account: "nothing" })];
    expect(told(hidden)).toEqual(["NOT_FOUND account"]);
    expect(hidden.userErrors[0].message.replace(ids.rival, "")).toBe(unknown.userErrors[0].message.replace("nothing", ""));
    expect(await count("api_key")).toBe(before);
    expect(told(await createKey({ account: ids.lab }))).toEqual([]);
    const made = await createKey({ account: ids.rival, name: "from the chief" }, admin);
    expect(made.apiKey.name).toBe("from the chief");
    expect((await keysOf(rival)).map(({ name }: { name: string }) => name)).toEqual(["from the chief"]);
    expect(await keysOf(admin)).toEqual([]);
  });

  it("refuses a 101st key that is good, also to many that ask at once; those that are good no longer do not count", async () => {
    await database.dataSource.query(
      `INSERT INTO api_key (id, account_pk, name, prefix, hash, expires_at)
       SELECT 'full' || n, $1, 'full', 'full' || n, sha256('x'), CASE WHEN n > 98 THEN now() - interval '1 day' END FROM generate_series(1, 120) AS n`,
      [lab!.accountPk],
    );
    const asked = await Promise.all(Array.from({ length: 5 }, () => createKey({})));
    expect(asked.map(told).sort()).toEqual([[], [], ["TOO_MANY "], ["TOO_MANY "], ["TOO_MANY "]]);
    expect(told(await createKey({}))).toEqual(["TOO_MANY "]);
    await revoke((await keysOf(lab))[0].id);
    expect(told(await createKey({}))).toEqual([]);
  });

  it("moves no revision: a key is no fact", async () => {
    const revision = async () => (await database.dataSource.query(`SELECT last_revision AS r, public_revision FROM ledger`))[0];
    const before = await revision();
    await revoke((await createKey({})).apiKey.id);
    expect(await revision()).toEqual(before);
  });
});

describe("revokeApiKey", () => {
  it("makes a key good no longer, once and for good; it stays listed", async () => {
    const { apiKey } = await createKey({});
    const revoked = await revoke(apiKey.id);
    expect(revoked).toEqual({ apiKey: { id: apiKey.id, revokedAt: expect.stringMatching(/Z$/) }, userErrors: [] });
    expect(await revoke(apiKey.id)).toEqual(revoked);
    expect((await keysOf(lab))[0]).toMatchObject(revoked.apiKey);
    const unsaid = database.dataSource.query(`UPDATE api_key SET revoked_at = NULL WHERE id = $1`, [apiKey.id]);
    await expect(unsaid).rejects.toThrow(/was revoked, and stays so/);
    await expect(database.dataSource.query(`DELETE FROM api_key`)).rejects.toThrow(/never taken away/);
  });

  it("is for its account and admins; to others the key is not there (§10)", async () => {
    const { apiKey } = await createKey({});
    expect(told(await revoke(apiKey.id, null))).toEqual(["NOT_ALLOWED "]);
    const [hidden, unknown] = [await revoke(apiKey.id, rival), await revoke("nothing", rival)];
    expect(told(hidden)).toEqual(["NOT_FOUND apiKey"]);
    expect(hidden.userErrors[0].message.replace(apiKey.id, "")).toBe(unknown.userErrors[0].message.replace("nothing", ""));
    expect((await keysOf(lab))[0].revokedAt).toBeNull();
    expect(told(await revoke(apiKey.id, admin))).toEqual([]);
    const [{ by }] = await database.dataSource.query(`SELECT revoker_pk AS by FROM api_key WHERE id = $1`, [apiKey.id]);
    expect(by).toBe(admin!.accountPk);
  });
});
