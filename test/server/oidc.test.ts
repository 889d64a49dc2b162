import { Writable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { SignJWT, UnsecuredJWT } from "jose";
import { type OidcConfig, readConfig } from "../../src/config";
import { ExpectedError } from "../../src/errors";
import { createLogger } from "../../src/server/logger";
import { type Platform, startPlatform } from "../../src/server/platform";
import { type Authenticate, createAuthenticate } from "../../src/server/viewer/authenticate";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { AUDIENCE, type LocalIssuer, openLocalIssuer } from "./local-issuer";

let database: TestDatabase;
let issuer: LocalIssuer;
let warnings: object[];
const pks: Record<string, number> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource).domain("vision").account("lab").account("chief", { role: "ADMIN" }).write();
  for (const { pk, key } of await database.dataSource.query(`SELECT pk, key FROM account`)) pks[key] = pk;
});
afterAll(() => database.drop());
beforeEach(async () => {
  warnings = [];
  issuer = await openLocalIssuer();
});
afterEach(() => issuer.close());

const configOf = (options: Partial<OidcConfig> = {}): OidcConfig => ({
  ...{ issuer: issuer.url, audience: AUDIENCE, jwksUrl: null, accountClaim: "sub" },
  ...options,
});

function open(options: Partial<OidcConfig> = {}): (token: string) => ReturnType<Authenticate> {
  const logger = { warn: (line: object) => void warnings.push(line) };
  const { authenticate } = createAuthenticate({ dataSource: database.dataSource, oidc: configOf(options), logger: logger as never });
  return (token) => authenticate(`Bearer ${token}`);
}

/** What somebody is told whose token is not good. */
const refusal = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => new Error("nothing was refused"),
    (thrown: Error) => thrown,
  );
  expect(error).toBeInstanceOf(ExpectedError);
  return `${(error as ExpectedError).code}: ${error.message}`;
};

const NOT_SIGNED = "UNAUTHENTICATED: This token is not good: it is not signed by the identity provider that this platform trusts.";

describe("a token of the issuer", () => {
  it("stands for the account whose key is its `sub`; what that may do follows from the account alone", async () => {
    const authenticate = open();
    expect(await authenticate(await issuer.sign())).toEqual({ accountPk: pks.lab, isAdmin: false, apiKeyPk: null });
    expect(await authenticate(await issuer.sign({ sub: "chief" }))).toEqual({ accountPk: pks.chief, isAdmin: true, apiKeyPk: null });
    expect(await authenticate(await issuer.sign({ role: "ADMIN", roles: ["ADMIN"], isAdmin: true }))).toMatchObject({ isAdmin: false });
  });

  it("stands for the account in another claim, if that is configured", async () => {
    const authenticate = open({ accountClaim: "lab_key" });
    expect(await authenticate(await issuer.sign({ sub: "chief", lab_key: "lab" }))).toMatchObject({ accountPk: pks.lab });
    expect(await refusal(authenticate(await issuer.sign({ sub: "lab" })))).toMatch(
      /^UNAUTHENTICATED: .* claim `lab_key` is not as expected/,
    );
  });

  it("is taken beside API keys, which need no issuer", async () => {
    issuer.isWell = false;
    expect(await open()(await giveKey(database.dataSource, "lab"))).toMatchObject({ accountPk: pks.lab });
    expect(issuer.keysAsked).toBe(0);
  });

  it.each(["RS256", "PS512", "ES384", "EdDSA"])("may be signed by %s", async (alg) => {
    await issuer.rotate(alg);
    expect(await open()(await issuer.sign())).toMatchObject({ accountPk: pks.lab });
  });

  it("may be a minute's half too old or too new, since clocks differ", async () => {
    const authenticate = open();
    const now = Math.floor(Date.now() / 1000);
    expect(await authenticate(await issuer.sign({ exp: now - 20 }))).toMatchObject({ accountPk: pks.lab });
    expect(await authenticate(await issuer.sign({ nbf: now + 20 }))).toMatchObject({ accountPk: pks.lab });
    expect(await refusal(authenticate(await issuer.sign({ exp: now - 40 })))).toBe("UNAUTHENTICATED: This token has expired.");
    expect(await refusal(authenticate(await issuer.sign({ nbf: now + 40 })))).toMatch(/claim `nbf`/);
  });
});

describe("a token is good for nobody", () => {
  it.each([
    ["for somebody else", { aud: "another-platform" }, /claim `aud`/],
    ["of another issuer", { iss: "https://elsewhere.example" }, /claim `iss`/],
    ["that never expires", { exp: undefined }, /claim `exp`/],
    ["that says nobody", { sub: undefined }, /claim `sub`/],
    ["that says something else than a text", { sub: 1 }, /UNAUTHENTICATED/],
    ["that says an account that is not there", { sub: "nobody" }, /No account has the key/],
    ["that says an e-mail address", { sub: "lab@example.org" }, /No account has the key/],
    ["that says NUL", { sub: "lab\0" }, /No account has the key/],
  ])("%s", async (_, claims, words) => {
    expect(await refusal(open()(await issuer.sign(claims)))).toMatch(words);
  });

  it("that is not signed, or by a secret, be it the issuer's own public key", async () => {
    const authenticate = open();
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer.url, aud: AUDIENCE, sub: "chief", exp: now + 600 };
    expect(await refusal(authenticate(new UnsecuredJWT(claims).encode()))).toBe(NOT_SIGNED);
    const { keys } = (await (await fetch(`${issuer.url}/keys`)).json()) as { keys: { n: string; kid: string }[] };
    for (const secret of [Buffer.from(keys[0].n), Buffer.from(JSON.stringify(keys[0]))]) {
      const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: keys[0].kid }).sign(secret);
      expect(await refusal(authenticate(token))).toBe(NOT_SIGNED);
    }
  });

  it("that another one signed under the name of a key, or that was changed", async () => {
    const authenticate = open();
    const good = await issuer.sign();
    expect(await authenticate(good)).not.toBeNull();
    const [header, , signature] = good.split(".");
    const claims = (await issuer.sign({ sub: "chief" })).split(".")[1];
    expect(await refusal(authenticate(`${header}.${claims}.${signature}`))).toBe(NOT_SIGNED);
    const other = await openLocalIssuer();
    expect(await refusal(authenticate(await other.sign({ iss: issuer.url })))).toBe(NOT_SIGNED);
    await other.close();
  });

  it("that is none, without asking the issuer", async () => {
    const authenticate = open();
    const other = await openLocalIssuer();
    const theirs = await other.sign();
    await other.close();
    for (const token of ["a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.e30.x", theirs])
      expect(await refusal(authenticate(token))).toMatch(/^UNAUTHENTICATED/);
    expect(issuer.keysAsked).toBe(0);
  });
});

describe("the keys of the issuer", () => {
  it("are asked for once, also by many at once, and where the configuration says", async () => {
    const authenticate = open();
    const token = await issuer.sign();
    await Promise.all(Array.from({ length: 20 }, () => authenticate(token)));
    await authenticate(token);
    expect(issuer.keysAsked).toBe(1);
    expect(await open({ jwksUrl: `${issuer.url}/keys` })(token)).toMatchObject({ accountPk: pks.lab });
  });

  it("are asked for anew when a token names another one, but not for each such token", async () => {
    const late = Date.now() + 31_000;
    const authenticate = open();
    const old = await issuer.sign();
    await authenticate(old);
    await issuer.rotate();
    const token = await issuer.sign();
    // Within half a minute after the last time, nobody can make this process ask again.
    for (let times = 0; times < 5; times++) expect(await refusal(authenticate(token))).toBe(NOT_SIGNED);
    expect(issuer.keysAsked).toBe(1);
    const now = Date.now;
    Date.now = () => late;
    try {
      expect(await authenticate(token)).toMatchObject({ accountPk: pks.lab });
      expect(await refusal(authenticate(old))).toBe(NOT_SIGNED);
    } finally {
      Date.now = now;
    }
    expect(issuer.keysAsked).toBe(2);
  });

  it("that cannot be had make nobody anybody: UNAVAILABLE, the reason in the log, and the issuer is left alone for a while", async () => {
    issuer.isWell = false;
    const authenticate = open({ jwksUrl: `${issuer.url}/keys` });
    const token = await issuer.sign();
    for (let times = 0; times < 3; times++)
      expect(await refusal(authenticate(token))).toMatch(/^UNAVAILABLE: The identity provider cannot be asked/);
    expect(issuer.keysAsked).toBe(1);
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain(token.split(".")[2]);
  });

  it("are not taken from who names itself otherwise", async () => {
    const authenticate = open({ issuer: `${issuer.url}/` });
    expect(await refusal(authenticate(await issuer.sign({ iss: `${issuer.url}/` })))).toMatch(/^UNAVAILABLE/);
    expect(issuer.keysAsked).toBe(0);
  });
});

describe("a server that is told of an issuer by its environment", () => {
  const log: string[] = [];
  let platform: Platform;
  beforeEach(async () => {
    const environment = {
      DATABASE_URL: database.url,
      PORT: "0",
      SCORETREE_DATASET: "none",
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: AUDIENCE,
    };
    const lines = new Writable({ write: (line: Buffer, _encoding, done) => done(void log.push(line.toString()) as undefined) });
    platform = await startPlatform(readConfig(environment), { logger: createLogger("debug", lines) });
  });
  afterEach(() => platform.stop());

  const ask = async (token: string) => {
    const url = `${platform.url}/graphql?query=${encodeURIComponent("{ viewer { key } }")}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return [response.status, await response.json()];
  };

  it("takes its tokens, and no line of the log holds one", async () => {
    const token = await issuer.sign();
    expect(await ask(token)).toMatchObject([200, { data: { viewer: { key: "lab" } } }]);
    expect(await ask(await issuer.sign({ aud: "else" }))).toMatchObject([401, { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] }]);
    expect(log.length).toBeGreaterThan(2);
    expect(log.join("")).not.toContain(token.split(".")[2]);
  });

  it("answers 503 while the issuer does not, and takes API keys meanwhile", async () => {
    issuer.isWell = false;
    expect(await ask(await issuer.sign())).toMatchObject([503, { errors: [{ extensions: { code: "UNAVAILABLE" } }] }]);
    expect(await ask(await giveKey(database.dataSource, "lab"))).toMatchObject([200, { data: { viewer: { key: "lab" } } }]);
  });
});
