import { checkWeights } from "../../src/scoring/check-weights";
import { Tree } from "../../src/scoring/tree";
import { seed } from "./seed";

const tree = new Tree(seed().tree({ all: { a: { a1: {} }, b: {} } }).benchmark("b", { isVisible: false }).world().benchmarks); // prettier-ignore
const weigh = (...told: [string, number][]): Float64Array =>
  checkWeights(
    tree,
    told.map(([benchmark, weight]) => ({ benchmark, weight })),
  );
const refused = (message: string): Error => expect.objectContaining({ code: "BAD_USER_INPUT", message });

test("§7 a weight is told of a benchmark among its siblings; others weigh 1", () => {
  expect([...weigh(["a1", 0.5], ["b", 1e6])]).toEqual([1, 1, 0.5, 1e6]);
  expect([...weigh()]).toEqual([1, 1, 1, 1]);
});

test("§7 a weight can be 0, also −0, and the least above it", () => {
  expect([...weigh(["a", -0], ["b", 5e-324])]).toEqual([1, 0, 1, 5e-324]);
});

test.each([-1, -5e-324, 1e6 + 1e-9, Infinity, NaN])("§7 a weight of %d is refused", (weight) => {
  expect(() => weigh(["a", weight])).toThrow(refused(`The weight of "a" is to be 0, or above 0 to 1e6, not ${weight}.`));
});

test("§7 a weight of a root, of an unknown benchmark, or told twice is refused", () => {
  expect(() => weigh(["all", 1])).toThrow(refused('"all" is a root: it has no siblings to be weighed among.'));
  expect(() => weigh(["c", 1])).toThrow(refused('There is no benchmark "c" to give a weight.'));
  expect(() => weigh(["a", 1], ["a", 1])).toThrow(refused('The weight of "a" is given twice.'));
});

test("§7 all faults are told at once", () => {
  expect(() => weigh(["c", -1], ["all", 2], ["b", 1], ["b", 2])).toThrow(
    refused(
      'There is no benchmark "c" to give a weight. The weight of "c" is to be 0, or above 0 to 1e6, not -1. ' +
        '"all" is a root: it has no siblings to be weighed among. The weight of "b" is given twice.',
    ),
  );
});
