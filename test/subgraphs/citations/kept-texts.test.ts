import { describe, expect, it } from "@jest/globals";
import { KeptTexts } from "../../../src/subgraphs/citations/kept-texts";

describe("KeptTexts", () => {
  function counted(limit: number) {
    const kept = new KeptTexts(limit);
    const made: string[] = [];
    const get = (key: string, text = key) =>
      kept.get(key, () => {
        made.push(key);
        return text;
      });
    return { get, made };
  }

  it("makes a text once", () => {
    const { get, made } = counted(10);
    expect([get("a"), get("a")]).toEqual(["a", "a"]);
    expect(made).toEqual(["a"]);
  });

  it("drops the least recently used when the texts get too long together", () => {
    const { get, made } = counted(3);
    for (const key of ["a", "b", "c", "a", "d", "a", "b"]) get(key);
    expect(made).toEqual(["a", "b", "c", "d", "b"]);
  });

  it("keeps nothing that is too long alone, and keeps on working", () => {
    const { get, made } = counted(3);
    for (const key of ["a", "long", "long", "a", "a"]) get(key);
    expect(made).toEqual(["a", "long", "long", "a"]);
  });

  it("keeps empty texts too", () => {
    const { get, made } = counted(3);
    get("a", "");
    expect(get("a", "")).toBe("");
    expect(made).toEqual(["a"]);
  });
});
