import { describe, expect, it } from "@jest/globals";
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
});
