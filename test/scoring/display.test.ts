import { FAILED, NOT_RUN, SCORED } from "../../src/scoring/column";
import { display } from "../../src/scoring/display";
import { show } from "../reference/reference-rounding";

const VALUES: [number, string][] = [
  [0.095, ".095"],
  [-0.012, "-.012"],
  [0, ".000"],
  [-0, ".000"],
  [-0.0004, ".000"],
  [0.0005, ".001"],
  [0.5465, ".547"],
  [0.9994, ".999"],
  [0.9995, "1.0"],
  [1, "1.0"],
  [1.3, "1.3"],
  [1.25, "1.3"],
  [1.2496, "1.2"],
  [-1.2, "-1.2"],
  [-0.9996, "-1.0"],
  [9.96, "10.0"],
  [76.38, "76.4"],
  [1e12, "1000000000000.0"],
];

test.each(VALUES)("§4 %d shows as %s", (value, shown) => {
  expect(display(SCORED, value)).toBe(shown);
  expect(show("SCORED", value)).toBe(shown);
});

test("§4 FAILED shows as X, NOT_RUN as nothing", () => {
  expect([display(FAILED, null), display(NOT_RUN, null)]).toEqual(["X", ""]);
  expect([show("FAILED", null), show("NOT_RUN", null)]).toEqual(["X", ""]);
});
