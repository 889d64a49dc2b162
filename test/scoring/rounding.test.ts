import { EXACT, rankKey, roundTo } from "../../src/scoring/rounding";
import { round } from "../reference/reference-rounding";

describe.each([
  ["the core", roundTo],
  ["the reference", round],
])("%s", (_, rounds) => {
  test.each([
    [0.5465, 3, 0.547],
    [0.9335, 3, 0.934],
    [0.0005, 3, 0.001],
    [0.00049999, 3, 0],
    [1.005, 2, 1.01],
    [2.5, 0, 3],
    [0.5, 0, 1],
    [0.4999999, 0, 0],
    [123456.7891, 3, 123456.789],
    [0.123456789012, 9, 0.123456789],
    [1e12, 3, 1e12],
  ])("§4 rounds %d to %d decimals as %d, half away from zero", (value, decimals, rounded) => {
    expect(rounds(value, decimals)).toBe(rounded);
    expect(rounds(-value, decimals)).toBe(rounded === 0 ? 0 : -rounded);
  });

  test("§4 what floating point left less than 1e-12 below an edge is on the edge", () => {
    expect(rounds(0.0005 - 5e-13, 3)).toBe(0.001);
    expect(rounds(0.0005 - 5e-12, 3)).toBe(0);
    const mean = (0.345 + 0.814 + 0.4805) / 3;
    expect(mean).toBeLessThan(0.5465);
    expect(rounds(mean, 3)).toBe(0.547);
  });

  test("§4 −0 is 0", () => {
    expect(Object.is(rounds(-0.0001, 3), 0)).toBe(true);
    expect(Object.is(rounds(-0, 3), 0)).toBe(true);
  });
});

test("§5 keys are rounded values, or exact ones", () => {
  expect([rankKey(0.12345, 2), rankKey(0.12345, EXACT)]).toEqual([0.12, 0.12345]);
});
