import { afterEach, describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { SEED_VARIABLE, settleSeed, TEST_SEED } from "./test-seed";

const given = process.env[SEED_VARIABLE];

/** The variable after the seed was settled, and what was said. */
function settled(asked: string): { seed: string | undefined; said: unknown } {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  process.env[SEED_VARIABLE] = asked;
  settleSeed();
  return { seed: process.env[SEED_VARIABLE], said: log.mock.calls[0]?.[0] };
}

afterEach(() => {
  jest.restoreAllMocks();
  if (given === undefined) delete process.env[SEED_VARIABLE];
  else process.env[SEED_VARIABLE] = given;
});

describe("the seed of chance in tests", () => {
  it("is that of every property", () => {
    const draw = () => fc.sample(fc.integer(), 5);
    expect(fc.readConfigureGlobal().seed).toBe(TEST_SEED);
    expect(draw()).toEqual(draw());
  });

  it("is drawn and told if it is to be random", () => {
    const { seed, said } = settled("random");
    expect(seed).toMatch(/^\d+$/);
    expect(said).toContain(`${SEED_VARIABLE}=${seed}`);
  });

  it("is the one asked for", () => {
    expect(settled("927078423")).toEqual({ seed: "927078423", said: undefined });
  });

  it.each(["", "one", "1.5"])("is not %j", (asked) => {
    expect(() => settled(asked)).toThrow(`Expected ${SEED_VARIABLE} to be a whole number or random, got ${JSON.stringify(asked)}.`);
  });
});
