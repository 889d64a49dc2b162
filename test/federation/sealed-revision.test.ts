import { randomBytes } from "node:crypto";
import { openRevision, sealRevision } from "../../src/federation/sealed-revision";

const KEY = Buffer.alloc(32, 7);

describe("a sealed revision", () => {
  it.each([0, 1, 40_080, Number.MAX_SAFE_INTEGER])("gives back the revision %i", (revision) => {
    const sealed = { revision, publicRevision: revision - 1 + Number(revision === 0) };
    expect(openRevision(KEY, sealRevision(KEY, sealed))).toEqual(sealed);
  });

  it("looks different each time: it does not tell that a revision is the same, or another one (§10)", () => {
    const seals = Array.from({ length: 100 }, () => sealRevision(KEY, { revision: 5, publicRevision: 4 }));
    expect(new Set(seals).size).toBe(100);
    expect(new Set(seals.map(({ length }) => length)).size).toBe(1);
  });

  it("is refused when it was changed, cut, made up or sealed under another key", () => {
    const seal = sealRevision(KEY, { revision: 5, publicRevision: 4 });
    for (let at = 0; at < seal.length; at++) {
      const changed = seal.slice(0, at) + (seal[at] === "A" ? "B" : "A") + seal.slice(at + 1);
      expect(openRevision(KEY, changed)).toBeNull();
    }
    const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split("").filter((letter) => !seal.endsWith(letter));
    for (const letter of last) expect(openRevision(KEY, seal.slice(0, -1) + letter)).toBeNull();
    for (const made of ["", "5", seal.slice(1), `${seal}AAAA`, randomBytes(44).toString("base64url")])
      expect(openRevision(KEY, made)).toBeNull();
    expect(openRevision(Buffer.alloc(32, 8), seal)).toBeNull();
  });
});
