import { createHash } from "node:crypto";
import { expect, it } from "@jest/globals";
import { mintKey, readKey } from "../../../src/subgraphs/submissions/accounts/key-text";

it("a key is a prefix and 256 random bits, in letters and digits", () => {
  const keys = Array.from({ length: 1_000 }, mintKey);
  for (const { text, prefix, hash } of keys) {
    expect(text).toMatch(/^st_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}$/);
    expect(text.startsWith(`${prefix}_`)).toBe(true);
    expect(hash).toEqual(createHash("sha256").update(text).digest());
    expect(readKey(text)).toEqual({ prefix, hash });
  }
  expect(new Set(keys.map(({ text }) => text)).size).toBe(1_000);
  // The first character of 43 holds the few bits that are left over: 62^43 is a little more than 2^256.
  const seen = new Set(keys.map(({ text }) => text.slice(-1)));
  expect(seen.size).toBe(62);
});

it("what is no key is none", () => {
  const { text } = mintKey();
  for (const other of [
    "",
    "st_",
    text.slice(1),
    text.slice(0, -1),
    `${text}0`,
    ` ${text}`,
    `${text}\n`,
    text.replace("st_", "ST_"),
    text.replaceAll("_", "-"),
  ])
    expect(readKey(other)).toBeNull();
});
