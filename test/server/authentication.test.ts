import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readConfig } from "../../src/config";
import { createLogger } from "../../src/server/logger";
import { type Platform, startPlatform } from "../../src/server/platform";
import { until } from "../board/open-current";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import type { Json } from "../support/json";

let database: TestDatabase;
let platforms: Platform[];
let lab: string;
let chief: string;
const log: string[] = [];

async function start(): Promise<Platform> {
  const lines = new Writable({ write: (line: Buffer, _encoding, done) => done(void log.push(line.toString()) as undefined) });
  const config = readConfig({ DATABASE_URL: database.url, PORT: "0", SCORETREE_DATASET: "none" });
  return startPlatform(config, { logger: createLogger("debug", lines) });
}

beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource).domain("vision").account("lab").account("rival").account("chief", { role: "ADMIN" }).write();
  [lab, chief] = [await giveKey(dataSource, "lab"), await giveKey(dataSource, "chief")];
  platforms = [await start(), await start()];
});
afterAll(async () => {
  for (const platform of platforms ?? []) await platform.stop();
  await database?.drop();
});

const WHO = "{ viewer { key } }";

interface Asked {
  readonly query?: string;
  readonly variables?: object;
  readonly authorization?: string;
  readonly platform?: number;
}

async function ask({ query = WHO, variables, authorization, platform = 0 }: Asked) {
  const response = await fetch(`${platforms[platform].url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, answer: (await response.json()) as Json };
}

const who = async (key: string, platform = 0) => {
  const { status, answer } = await ask({ authorization: `Bearer ${key}`, platform });
  return status === 401 ? (answer.errors[0].message as string) : (answer.data.viewer.key as string);
};

describe("a request over HTTP", () => {
  it("is its account's who sends a key, and anybody's without", async () => {
    expect([await who(lab), await who(chief), (await ask({})).answer.data]).toEqual(["lab", "chief", { viewer: null }]);
    expect((await ask({ authorization: `bearer   ${lab} ` })).answer.data).toEqual({ viewer: { key: "lab" } });
  });

  it("is answered to its account alone: no cache keeps it", async () => {
    const { headers } = await ask({ authorization: `Bearer ${lab}` });
    expect(headers.get("cache-control")).toBe("private, no-store");
    for (const authorization of [undefined, `Bearer ${lab}`])
      expect((await ask({ authorization })).headers.get("vary")).toMatch(/\bauthorization\b/);
  });

  const wrong: [string, string][] = [
    ["an empty header", ""],
    ["another scheme", "Basic bGFiOmxhYg=="],
    ["no token", "Bearer"],
    ["two tokens", "Bearer a b"],
    ["a text that is no key", "Bearer nothing"],
    ["a token, where none are taken", "Bearer eyJhbGciOiJub25lIn0.e30."],
    ["a key that nobody has", `Bearer st_00000000_${"0".repeat(43)}`],
    ["NUL", "Bearer st_%00"],
  ];
  it.each(wrong)("with %s is refused: never taken for anybody's", async (_, authorization) => {
    const { status, headers, answer } = await ask({ authorization });
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(answer).toEqual({ errors: [{ message: expect.any(String), extensions: { code: "UNAUTHENTICATED" } }] });
    for (const part of authorization.split(" ").slice(1)) if (part.length > 3) expect(JSON.stringify(answer)).not.toContain(part);
  });

  it("with the prefix of a key and another secret is refused in the words of an unknown key", async () => {
    const other = `${lab.slice(0, -1)}${lab.endsWith("x") ? "y" : "x"}`;
    expect(await who(other)).toBe("This API key is unknown.");
    await database.dataSource.query(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE prefix = $1`, [lab.slice(0, 11)]);
    expect([await who(other), await who(lab)]).toEqual(["This API key is unknown.", "This API key has expired."]);
    await database.dataSource.query(`UPDATE api_key SET expires_at = NULL`);
    expect(await who(lab)).toBe("lab");
  });

  it("by GET is refused as by POST; routes that take nobody's word ignore the header", async () => {
    const headers = { authorization: "Bearer nothing" };
    const get = async (path: string) => (await fetch(platforms[0].url + path, { headers })).status;
    expect(await get(`/graphql?query=${encodeURIComponent(WHO)}`)).toBe(401);
    expect(await get("/health/ready")).toBe(200);
  });

  it("is not believed who it is by any other header", async () => {
    const headers = { "content-type": "application/json", "x-forwarded-for": "127.0.0.1", "x-user": "chief", "x-api-key": chief };
    const response = await fetch(`${platforms[0].url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: WHO }) });
    expect(await response.json()).toMatchObject({ data: { viewer: null } });
  });
});

describe("a key", () => {
  const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id prefix lastUsedAt } secret userErrors { code } } }`;
  const REVOKE = `mutation ($id: ID!) { revokeApiKey(input: { apiKey: $id }) { apiKey { revokedAt } userErrors { code } } }`;

  it("that is made is good in every process, and once revoked in none", async () => {
    const authorization = `Bearer ${lab}`;
    const { answer } = await ask({ query: CREATE, variables: { input: { name: "cluster" } }, authorization });
    const { secret, apiKey } = answer.data.createApiKey;
    expect([await who(secret, 0), await who(secret, 1)]).toEqual(["lab", "lab"]);
    const revoked = await ask({ query: REVOKE, variables: { id: apiKey.id }, authorization, platform: 1 });
    expect(revoked.answer.data.revokeApiKey.apiKey.revokedAt).toMatch(/Z$/);
    const words = "This API key was revoked.";
    expect([await who(secret, 0), await who(secret, 1)]).toEqual([words, words]);
    expect(await who(lab)).toBe("lab");
  });

  it("can be revoked while somebody else writes facts for long", async () => {
    const runner = database.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`SELECT FROM ledger FOR UPDATE`);
    try {
      const authorization = `Bearer ${lab}`;
      const { answer } = await ask({ query: CREATE, variables: { input: { name: "leaked" } }, authorization });
      const { secret, apiKey } = answer.data.createApiKey;
      await ask({ query: REVOKE, variables: { id: apiKey.id }, authorization });
      expect(await who(secret)).toBe("This API key was revoked.");
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  });

  it("tells when it was last used, to the minute", async () => {
    const used = async () =>
      (await database.dataSource.query(`SELECT last_used_at AS at FROM api_key WHERE prefix = $1`, [lab.slice(0, 11)]))[0].at;
    const set = (at: string) => database.dataSource.query(`UPDATE api_key SET last_used_at = ${at} WHERE prefix = $1`, [lab.slice(0, 11)]);
    const settles = async (isSettled: (at: Date | null) => boolean) => {
      await until(async () => isSettled(await used()));
      return used();
    };
    await set("NULL");
    await who(lab);
    expect(await settles((at) => at !== null)).toBeInstanceOf(Date);
    await set("now() - interval '30 seconds'");
    const before = await used();
    await who(lab);
    await who(lab, 1);
    expect(await used()).toEqual(before);
    await set("now() - interval '61 seconds'");
    const late = await used();
    await who(lab);
    expect((await settles((at) => at!.getTime() !== late.getTime())).getTime()).toBeGreaterThan(late.getTime());
  });

  it("is noted at what it wrote, for the audit", async () => {
    const query = `mutation { createAccount(input: { key: "newcomer" }) { account { key } userErrors { code } } }`;
    const { answer } = await ask({ query, authorization: `Bearer ${chief}` });
    expect(answer.data.createAccount).toEqual({ account: { key: "newcomer" }, userErrors: [] });
    const [append] = await database.dataSource.query(
      `SELECT source, account.key AS account, prefix FROM fact_append JOIN account ON account.pk = account_pk
       JOIN api_key ON api_key.pk = api_key_pk ORDER BY first_revision DESC LIMIT 1`,
    );
    expect(append).toEqual({ source: "createAccount", account: "chief", prefix: chief.slice(0, 11) });
  });

  it("of an account that another process has just made is its account's at once", async () => {
    await seed(database.dataSource).account("fresh").write();
    expect(await who(await giveKey(database.dataSource, "fresh"))).toBe("fresh");
  });

  it("gives what the account may do now, not when it was made", async () => {
    const query = `mutation { createAccount(input: { key: "taken?" , displayName: "x@y" }) { userErrors { code } } }`;
    const codes = async () => (await ask({ query, authorization: `Bearer ${lab}` })).answer.data.createAccount.userErrors;
    expect(await codes()).toEqual([{ code: "NOT_ALLOWED" }]);
    await seed(database.dataSource).account("lab", { role: "ADMIN" }).write();
    expect(await codes()).toEqual([{ code: "INVALID" }]);
    await seed(database.dataSource).account("lab", { role: "MEMBER" }).write();
    expect(await codes()).toEqual([{ code: "NOT_ALLOWED" }]);
  });

  it("is in no line of the log, and nothing but method and path of a request is", async () => {
    await fetch(`${platforms[0].url}/graphql?query=${encodeURIComponent("{")}&key=${lab}`, { headers: { authorization: `Bearer ${lab}` } });
    const text = log.join("");
    expect(log.length).toBeGreaterThan(20);
    for (const key of [lab, chief]) expect(text).not.toContain(key.slice(12));
    expect(text).not.toMatch(/authorization|bearer/i);
  });
});
