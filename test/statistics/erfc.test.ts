import { erfc } from "../../src/statistics/erfc";

// By mpmath 1.3 with 40 digits.
test.each([
  [0, 1],
  [1e-10, 0.999999999887162083290448],
  [0.1, 0.8875370839817151],
  [0.5, 0.4795001221869535],
  [0.999, 0.157714729793503058],
  [1, 0.15729920705028513],
  [1.5, 0.033894853524689274],
  [3, 2.209049699858544e-5],
  [8, 1.1224297172982928e-29],
  [26, 5.663192408856143e-296],
])("erfc(%d) is %d to 3e-15 of itself", (x, expected) => {
  expect(Math.abs(erfc(x) / expected - 1)).toBeLessThan(3e-15);
});

test("a normal variable is beyond 1.96 with the probability that tables tell", () => {
  expect(erfc(1.959963984540054 / Math.SQRT2)).toBeCloseTo(0.05, 15);
});

test("erfc falls, without a step where the method changes, to 0", () => {
  for (let x = 0; x < 28; x += 1 / 64) expect(erfc(x + 1 / 64)).toBeLessThanOrEqual(erfc(x));
  expect(Math.abs(erfc(1 - 1e-12) - erfc(1))).toBeLessThan(1e-12);
  expect(erfc(Infinity)).toBe(0);
});
