import fc from "fast-check";
import { sortInSteps } from "../../../src/server/exports/sort-in-steps";
import { TEST_SEED } from "../../support/test-seed";

function sorted<T>(things: readonly T[], compare: (a: T, b: T) => number): { result: T[]; steps: number } {
  const sorting = sortInSteps(things, compare);
  for (let steps = 0; ; steps++) {
    const { done, value } = sorting.next();
    if (done) return { result: value, steps };
  }
}

test("sorts as sort does, equal things in their order", () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.nat()), { maxLength: 5_000, size: "max" });
  fc.assert(
    fc.property(pairs, (things) => {
      const byFirst = ([a]: [number, number], [b]: [number, number]) => a - b;
      expect(sorted(things, byFirst).result).toEqual([...things].sort(byFirst));
    }),
    { numRuns: 30, seed: TEST_SEED },
  );
});

test("gives way all the time where there are many", () => {
  const { result, steps } = sorted(
    Array.from({ length: 10_000 }, (_, at) => (at * 7919) % 10_000),
    (a, b) => a - b,
  );
  expect(result).toEqual(Array.from({ length: 10_000 }, (_, at) => at));
  expect(steps).toBeGreaterThan(40);
});
