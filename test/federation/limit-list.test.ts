import { limitList, limitNumber } from "../../src/federation/limit-list";

const refusal = (message: string) => expect.objectContaining({ message, extensions: { code: "BAD_USER_INPUT" } }) as Error;

test("a list may have any permitted length, or be missing", () => {
  for (const list of [null, undefined, [], ["a"], ["a", "b"]]) expect(() => limitList("ids", list, { most: 2 })).not.toThrow();
});

test("a list that is too long or too short is refused with its limits", () => {
  expect(() => limitList("ids", [1, 2, 3], { most: 2 })).toThrow(refusal("`ids` takes at most 2 entries; got 3."));
  expect(() => limitList("models", [1], { least: 2, most: 10 })).toThrow(refusal("`models` takes from 2 to 10 entries; got 1."));
});

test("a number out of range is refused with its limits", () => {
  for (const value of [null, undefined, 1, 200]) expect(() => limitNumber("bins", value, { least: 1, most: 200 })).not.toThrow();
  for (const value of [0, 201, -1, NaN])
    expect(() => limitNumber("bins", value, { least: 1, most: 200 })).toThrow(refusal(`\`bins\` must be from 1 to 200; got ${value}.`));
});
