import { describe, expect, it } from "@jest/globals";
import { distinguishKeys } from "../../../src/subgraphs/citations/distinguish-keys";

describe("distinguishKeys", () => {
  it("leaves unlike keys alone", () => {
    expect(distinguishKeys(["Kim2020", "Lee2020"])).toEqual(["Kim2020", "Lee2020"]);
  });

  it("puts a, b, … behind equal keys in order, letter case aside", () => {
    expect(distinguishKeys(["Kim2020", "Lee2020", "kim2020", "Kim2020"])).toEqual(["Kim2020a", "Lee2020", "kim2020b", "Kim2020c"]);
  });

  it("leaves out a letter that makes a key which is there", () => {
    expect(distinguishKeys(["Kim2020", "Kim2020a", "Kim2020"])).toEqual(["Kim2020b", "Kim2020a", "Kim2020c"]);
  });

  it("goes on after z", () => {
    const keys = distinguishKeys(Array.from({ length: 30 }, () => "k"));
    expect(keys.slice(24)).toEqual(["ky", "kz", "kaa", "kab", "kac", "kad"]);
    expect(new Set(keys).size).toBe(30);
  });
});
