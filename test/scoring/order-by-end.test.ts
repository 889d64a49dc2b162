import { expect, test } from "@jest/globals";
import { orderByEnd, orderingByEnd } from "../../src/scoring/order-by-end";
import { type Observations } from "../../src/scoring/observations";
import { seeded } from "../../bench/seeded";
import { TEST_SEED } from "../support/test-seed";

/** So many observations, of ends that are often equal; some are unknown, some retracted. */
function drawn(length: number): Observations {
  const random = seeded(TEST_SEED + length);
  const column = () => new Float64Array(length);
  const endedAt = column().map(() => (random.integer(10) === 0 ? NaN : random.integer(length >> 1) - 1_000));
  const whole = { model: new Int32Array(length), node: new Int32Array(length), version: new Int32Array(length) };
  const retracted = new Uint8Array(length).map(() => Number(random.integer(10) === 0));
  return {
    length,
    ...whole,
    raw: column(),
    ceiled: column(),
    error: column(),
    failed: new Uint8Array(length),
    startedAt: column(),
    endedAt,
    retracted,
  };
}

test.each([0, 1, 100, 32_768, 32_769, 150_000])("§8 %d observations by end, of equal ends the lower index first", (length) => {
  const observations = drawn(length);
  const { endedAt, retracted } = observations;
  const wanted = Array.from(endedAt.keys())
    .filter((index) => !retracted[index] && !Number.isNaN(endedAt[index]))
    .sort((a, b) => endedAt[a] - endedAt[b] || a - b);
  const { order, ends } = orderByEnd(observations);
  expect(order).toEqual(Int32Array.from(wanted));
  expect(ends).toEqual(Float64Array.from(wanted, (index) => endedAt[index]));
});

test("§8 is put in order in steps, so that others can have their turn", () => {
  expect([...orderingByEnd(drawn(150_000))].length).toBeGreaterThan(10);
});
