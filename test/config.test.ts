import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import path from "node:path";
import { readConfig } from "../src/config";

const ISSUER = { OIDC_ISSUER: "https://id.example.org/realm", OIDC_AUDIENCE: "scoretree" };

const faultsOf = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").slice(1);
  }
};

describe("the environment", () => {
  it("needs nothing: this machine, an embedded database, nobody's tokens", () => {
    expect(readConfig({})).toMatchObject({ port: 4000, host: "127.0.0.1", databaseUrl: null, logLevel: "info", oidc: null });
  });

  it("sets limits: those that are not named stay as they are", () => {
    expect(readConfig({})).toMatchObject({
      limits: {},
      longestWait: 500,
      rates: { byAddress: 600_000, byAccount: 3_000_000 },
      trustedProxies: [],
    });
    const given = { SCORETREE_MAX_DEPTH: "7", SCORETREE_MAX_TIME: "50", SCORETREE_RATE_BY_ADDRESS: "0" };
    const proxies = { SCORETREE_TRUSTED_PROXIES: "10.0.0.0/8, loopback,2001:db8::/32" };
    const { limits, rates, trustedProxies } = readConfig({ ...given, ...proxies });
    expect({ limits, rates, trustedProxies }).toEqual({
      limits: { depth: 7, milliseconds: 50 },
      rates: { byAddress: null, byAccount: 3_000_000 },
      trustedProxies: ["10.0.0.0/8", "loopback", "2001:db8::/32"],
    });
    expect(faultsOf({ SCORETREE_MAX_DEPTH: "0", SCORETREE_RATE_BY_ACCOUNT: "-1", SCORETREE_TRUSTED_PROXIES: "10.0.0.0/99" })).toHaveLength(
      3,
    );
  });

  it("names an issuer of tokens, whom they are for, and which claim is an account's key: `sub` unless it says another", () => {
    const oidc = { issuer: ISSUER.OIDC_ISSUER, audience: "scoretree", jwksUrl: null, accountClaim: "sub" };
    expect(readConfig(ISSUER).oidc).toEqual(oidc);
    const more = { OIDC_JWKS_URL: "http://127.0.0.1:9000/keys", OIDC_ACCOUNT_CLAIM: "lab" };
    expect(readConfig({ ...ISSUER, ...more }).oidc).toEqual({ ...oidc, jwksUrl: more.OIDC_JWKS_URL, accountClaim: "lab" });
  });

  it("is refused with all its faults at once: half an issuer, or one that others can pretend to be", () => {
    expect(faultsOf({ OIDC_ISSUER: "https://id.example.org" })).toEqual([expect.stringMatching(/OIDC_AUDIENCE=.*Expected the name/)]);
    expect(faultsOf({ OIDC_AUDIENCE: "x", OIDC_ACCOUNT_CLAIM: "y" })).toEqual([
      expect.stringMatching(/OIDC_AUDIENCE="x": Expected nothing/),
      expect.stringMatching(/OIDC_ACCOUNT_CLAIM="y": Expected nothing/),
    ]);
    const wrong = { ...ISSUER, OIDC_ISSUER: "http://id.example.org", OIDC_JWKS_URL: "http://localhost.example.org/keys", PORT: "many" };
    expect(faultsOf(wrong)).toHaveLength(3);
    for (const url of ["http://localhost:9000", "http://127.0.0.1", "http://[::1]:1/x"])
      expect(faultsOf({ ...ISSUER, OIDC_ISSUER: url })).toEqual([]);
  });

  it("names the origins of pages as browsers write them, and nothing that only looks like one", () => {
    expect(readConfig({ SCORETREE_ALLOWED_ORIGINS: "https://lab.example, http://localhost:5173" })).toMatchObject({
      allowedOrigins: ["https://lab.example", "http://localhost:5173"],
      introspection: true,
    });
    for (const wrong of [
      "null",
      "https://lab.example/",
      "https://LAB.example",
      "https://lab.example:443",
      "*.example",
      "file://",
      "lab.example",
    ])
      expect([wrong, faultsOf({ SCORETREE_ALLOWED_ORIGINS: wrong }).length]).toEqual([wrong, 1]);
    expect(readConfig({ SCORETREE_INTROSPECTION: "off" }).introspection).toBe(false);
    expect(faultsOf({ SCORETREE_INTROSPECTION: "no" })).toHaveLength(1);
  });

  it("says who may read metrics, which operations they name, and where traces go", () => {
    expect(readConfig({})).toMatchObject({ metricsToken: null, metricsOperations: [], tracing: null });
    const given = { SCORETREE_METRICS_TOKEN: "0123456789abcdef", SCORETREE_METRICS_OPERATIONS: "Cards, _Best", OTEL_SERVICE_NAME: "lab" };
    expect(readConfig({ ...given, OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" })).toMatchObject({
      ...{ metricsToken: "0123456789abcdef", metricsOperations: ["Cards", "_Best"] },
      tracing: { endpoint: "http://127.0.0.1:4318", serviceName: "lab" },
    });
    const wrong = { SCORETREE_METRICS_OPERATIONS: "no-name", OTEL_EXPORTER_OTLP_ENDPOINT: "127.0.0.1:4318" };
    expect(faultsOf(wrong)).toHaveLength(2);
  });

  it("repeats no secret when it is refused", () => {
    const secrets = {
      SCORETREE_METRICS_TOKEN: "short",
      DATABASE_URL: "mysql://lab:password@db/x",
      DATABASE_REPLICA_URLS: "mysql://a:password@b/c",
    };
    const faults = faultsOf(secrets);
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toMatch(/short|password/);
  });

  it("is told whole in docs/commands.md, with its defaults", () => {
    const read = (name: string) => readFileSync(path.join(__dirname, "..", name), "utf8");
    const [, known] = /const variables = z.object\(\{\n(.*?)\n\}\);/s.exec(read("src/config.ts"))!;
    const names = [...known.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    const defaults = known.split(/^ {2}(?=[A-Z_]+:)/m).slice(1).map((text) => /\.default\("?([^")]*)"?\)/.exec(text)?.[1].replaceAll("_", "") ?? ""); // prettier-ignore
    const told = [...read("docs/commands.md").matchAll(/^\| `([A-Z_]+)` +\| (?:`(.*?)`)? *\|/gm)].map(([, name, value = ""]) => [
      name,
      value,
    ]);
    // The claim's default holds with an issuer only, so it stands further below in the code.
    const expected = names.map((name, at) => [name, name === "OIDC_ACCOUNT_CLAIM" ? readConfig(ISSUER).oidc!.accountClaim : defaults[at]]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
    expect(names.length).toBeGreaterThan(25);
  });
});
