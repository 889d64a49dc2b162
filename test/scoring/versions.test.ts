import { currentVersions, validity } from "../../src/scoring/versions";
import { Tree } from "../../src/scoring/tree";
import { observationsOf } from "./observations-of";
import { seed, type Seed } from "./seed";

const story = (...numbers: number[]): Seed => seed().tree({ leaf: {} }).versions("leaf", ...numbers).models("m").outsiders("private"); // prettier-ignore
const ran = (version: number, endedAt: number | null, more = {}) => ({ version, endedAt, ceiled: 0.5, ...more });

function versionsOf(told: Seed) {
  const world = told.world();
  const tree = new Tree(world.benchmarks);
  const versions = {
    length: world.versions.length,
    node: Int32Array.from(world.versions, (v) => tree.find(v.benchmark)),
    number: Int32Array.from(world.versions, (v) => v.number),
  };
  return { world, tree, versions };
}

/** Version number → [from, to], null where there is no such instant. */
function validities(told: Seed): Record<number, (number | null)[]> {
  const { world, tree, versions } = versionsOf(told);
  const { from, to } = validity(
    versions,
    observationsOf(world, tree),
    Uint8Array.from(world.models, (m) => Number(m.isPublic)),
  );
  const known = (at: number): number | null => (Number.isNaN(at) ? null : at);
  return Object.fromEntries(world.versions.map(({ number }, i) => [number, [known(from[i]), known(to[i])]]));
}

test("§8 the current version is the highest registered one, observed or not", () => {
  const { tree, versions } = versionsOf(seed().tree({ all: { a: {}, b: {}, c: {} } }).versions("a", 2, 3, 1).versions("b")); // prettier-ignore
  expect([...currentVersions(tree.size, versions)]).toEqual([0, 3, 0, 1]);
});

test("§8 a version is valid from the end of its first observation to that of a higher version", () => {
  const told = story(2, 1).score("m", "leaf", ran(1, 20)).score("m", "leaf", ran(1, 10)).score("m", "leaf", ran(2, 30));
  expect(validities(told)).toEqual({ 1: [10, 30], 2: [30, null] });
});

test("§8 observations of any outcome begin a version", () => {
  const told = story(1, 2)
    .score("m", "leaf", ran(1, 10, { ceiled: null, failed: true }))
    .score("m", "leaf", ran(2, 20, { ceiled: null }));
  expect(validities(told)).toEqual({ 1: [10, 20], 2: [20, null] });
});

test("§8 retracted observations, unknown ends and models that are not public begin none", () => {
  const told = story(1, 2, 3)
    .score("m", "leaf", ran(1, 10, { retracted: true }))
    .score("m", "leaf", ran(1, 40))
    .score("m", "leaf", ran(1, null))
    .score("private", "leaf", ran(2, 50))
    .score("m", "leaf", ran(3, null));
  expect(validities(told)).toEqual({ 1: [40, null], 2: [null, null], 3: [null, null] });
});

test("§8 a version that a higher one preceded was never valid, nor one that it met", () => {
  const told = story(1, 2, 3, 4)
    .score("m", "leaf", ran(1, 5))
    .score("m", "leaf", ran(2, 30))
    .score("m", "leaf", ran(3, 20))
    .score("m", "leaf", ran(4, 20));
  expect(validities(told)).toEqual({ 1: [5, 20], 2: [null, null], 3: [null, null], 4: [20, null] });
});

test("§8 versions of different leaves do not end each other", () => {
  const told = seed().tree({ all: { a: {}, b: {} } }).versions("b", 2).models("m"); // prettier-ignore
  told.score("m", "a", ran(1, 10)).score("m", "b", ran(2, 5)).score("m", "b", ran(1, 1));
  expect(validities(told)).toEqual({ 1: [10, null], 2: [5, null] });
});
