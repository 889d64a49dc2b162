/** Name of the variable that gives chance in tests another seed than 1: a whole number, or `random` for one that is drawn once a run and told. */
export const SEED_VARIABLE = "SCORETREE_TEST_SEED";

/** The seed of all chance in tests, so that a run that passed passes again: of properties, generated queries, moments of a kill. */
export const TEST_SEED = Number(process.env[SEED_VARIABLE] ?? 1);

/** Draws the seed if it is to be random, for all test files of the run. Throws for what is no seed. */
export function settleSeed(): void {
  const asked = process.env[SEED_VARIABLE];
  if (asked === "random") {
    const drawn = String(Math.trunc(Math.random() * 2 ** 31));
    process.env[SEED_VARIABLE] = drawn;
    console.log(`\nThe seed of this run: ${SEED_VARIABLE}=${drawn}`);
  } else if (asked !== undefined && !Number.isInteger(Number(asked || "none"))) {
    throw new Error(`Expected ${SEED_VARIABLE} to be a whole number or random, got ${JSON.stringify(asked)}.`);
  }
}
