import { describe, expect, it } from "@jest/globals";
import { replaceKey } from "../../../src/subgraphs/citations/replace-key";

describe("replaceKey", () => {
  it.each([
    ["@Article {Kim2020, title={Kim2020}}", "@Article {Kim2020a, title={Kim2020}}"],
    ["@misc(\n  % a note\n  Kim2020\n  , year=1)", "@misc(\n  % a note\n  Kim2020a\n  , year=1)"],
    ["@misc{Kim2020}", "@misc{Kim2020a}"],
  ])("changes nothing but the key of %j", (before, after) => {
    expect(replaceKey(before, "Kim2020a")).toBe(after);
  });

  it("takes the new key literally", () => {
    expect(replaceKey("@misc{k}", "$&$1")).toBe("@misc{$&$1}");
  });
});
