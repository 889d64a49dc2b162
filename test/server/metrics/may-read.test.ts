import { describe, expect, it } from "@jest/globals";
import type { IncomingMessage } from "node:http";
import { mayRead } from "../../../src/server/metrics/may-read";

const from = (remoteAddress: string, headers: Record<string, string> = { host: "localhost:4000" }) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe("metrics may be read", () => {
  it("without a token by programs of this machine that come straight here", () => {
    const may = mayRead(null, false);
    for (const address of ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
      expect([address, may(from(address))]).toEqual([address, true]);
    for (const host of ["127.0.0.1:4000", "[::1]:4000", "LOCALHOST"]) expect([host, may(from("::1", { host }))]).toEqual([host, true]);
    for (const address of ["10.0.0.7", "::ffff:10.0.0.7", "2001:db8::1", ""])
      expect([address, may(from(address))]).toEqual([address, false]);
    for (const name of ["forwarded", "via", "x-forwarded-for", "x-real-ip"])
      expect([name, may(from("127.0.0.1", { host: "localhost", [name]: "" }))]).toEqual([name, false]);
    for (const headers of [{ host: "127.0.0.1.example:4000" }, { host: "rebound.example" }, {} as Record<string, string>])
      expect([headers, may(from("127.0.0.1", headers))]).toEqual([headers, false]);
  });

  it("by nobody where a proxy stands before the server and there is no token", () => {
    expect(mayRead(null, true)(from("127.0.0.1"))).toBe(false);
  });

  it("with a token by who shows it, from anywhere", () => {
    const may = mayRead("a-token-of-operators", true);
    expect(may(from("10.0.0.7", { host: "scores.example", authorization: "Bearer a-token-of-operators" }))).toBe(true);
    for (const authorization of ["", "Bearer ", "Bearer a-token-of-operator", "Bearer a-token-of-operators ", "a-token-of-operators"])
      expect([authorization, may(from("127.0.0.1", { host: "localhost", authorization }))]).toEqual([authorization, false]);
  });
});
