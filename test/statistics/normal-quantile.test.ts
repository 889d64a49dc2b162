import { normalQuantile } from "../../src/statistics/normal-quantile";

// As Python's statistics.NormalDist().inv_cdf has them.
test.each([
  [0.5, 0],
  [0.75, 0.6744897501960817],
  [0.9, 1.2815515655446004],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.999999, 4.753424308817089],
  [1e-10, -6.361340902404056],
  [1e-16, -8.222082216130435],
  [0.3, -0.5244005127080407],
])("Φ⁻¹(%d) is %d", (p, quantile) => {
  expect(Math.abs(normalQuantile(p) - quantile)).toBeLessThanOrEqual(1e-15 * Math.max(1, Math.abs(quantile)));
});

test("Φ⁻¹ is odd about one half", () => {
  for (const p of [0.01, 0.07, 0.2, 0.4999]) expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 13);
});
