import { compareCodePoints } from "../../src/scoring/compare-code-points";

test("§3 orders by code point: capitals first, then accents, then what UTF-16 needs two units for", () => {
  const names = ["", "Z", "a", "a-10", "a-2", "aa", "é", "\ud7ff", "\ue000", "ﬁ", "\uffff", "😀", "😁"];
  const byCodePoints = names.toReversed().sort(compareCodePoints);
  expect(byCodePoints).toEqual(names);
});

test("equal strings are equal", () => {
  expect(compareCodePoints("a😀", "a😀")).toBe(0);
});
