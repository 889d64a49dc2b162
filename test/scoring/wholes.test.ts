import { describe, expect, it } from "@jest/globals";
import { ableToHold, wholesUpTo } from "../../src/scoring/wholes";

const HIGHEST = [0, 255, 256, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53];

describe("columns of whole numbers", () => {
  it("hold what they are made for", () => {
    for (const highest of HIGHEST) {
      const column = new (wholesUpTo(highest))(2);
      column[1] = highest;
      expect([...column]).toEqual([0, highest]);
    }
  });

  it("take as few bytes as that lets", () => {
    expect(HIGHEST.map((highest) => new (wholesUpTo(highest))(1).byteLength)).toEqual([1, 1, 2, 2, 4, 4, 4, 8, 8]);
  });

  it("become wider when they must, and stay what they are when not", () => {
    const narrow = Uint8Array.of(7, 255);
    expect(ableToHold(narrow, 255)).toBe(narrow);
    for (const highest of HIGHEST.slice(2)) {
      const wider = ableToHold(narrow, highest);
      expect([...wider]).toEqual([7, 255]);
      wider[0] = highest;
      expect(wider[0]).toBe(highest);
      expect(ableToHold(wider, 255)).toBe(wider);
    }
    expect([...narrow]).toEqual([7, 255]);
  });
});
