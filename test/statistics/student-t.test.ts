import { studentTail } from "../../src/statistics/student-t";

// By mpmath 1.3 with 40 digits.
test.each([
  [0.3, 1, 0.8144528418445153],
  [1, 1, 0.5],
  [2, 2, 0.183503419072273967],
  [5, 3, 0.015392438073302301],
  [1e-8, 10, 0.999999992217832321],
  [2.5758, 63, 0.0123586510645030467],
  [2.5758, 64, 0.0123203072473796811],
  [2, 127, 0.0476336190055723527],
  [2, 128, 0.0476168939719056276],
  [40, 498, 1.23657669486199877e-157],
  [2, 4998, 0.0455542815974238995],
])("t = %d with %d degrees of freedom or further has probability %d, to 2e-13 of itself", (t, degrees, expected) => {
  expect(Math.abs(studentTail(t, degrees) / expected - 1)).toBeLessThan(2e-13);
  expect(studentTail(-t, degrees)).toBe(studentTail(t, degrees));
});

test.each([
  [12.706, 1],
  [2.571, 5],
  [2.228, 10],
  [2.042, 30],
  [1.98, 120],
])("the table's critical value %d of %d degrees leaves 5%", (t, degrees) => {
  expect(studentTail(t, degrees)).toBeCloseTo(0.05, 4);
});

test("t = 0 is no evidence at all, an infinite t is all", () => {
  expect([studentTail(0, 5), studentTail(Infinity, 5), studentTail(-Infinity, 1), studentTail(1e200, 1)]).toEqual([1, 0, 0, 0]);
});

test("the tail falls as t grows", () => {
  for (const degrees of [1, 2, 7, 200]) {
    for (let t = 0; t < 10; t += 1 / 16) expect(studentTail(t + 1 / 16, degrees)).toBeLessThan(studentTail(t, degrees));
  }
});
