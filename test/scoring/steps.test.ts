import { aggregate } from "../../src/scoring/aggregate";
import { renewingStandings } from "../../src/scoring/renew-standings";
import { Scope } from "../../src/scoring/scope";
import { Standings } from "../../src/scoring/standings";
import { Tree } from "../../src/scoring/tree";
import { findLeafColumns, leafColumns } from "../../src/scoring/winners";
import { observationsOf } from "./observations-of";
import { seed } from "./seed";

const LEAVES = 40;

const world = seed()
  .tree({ all: Object.fromEntries(Array.from({ length: LEAVES }, (_, leaf) => [`leaf-${leaf}`, {}])) })
  .models("a", "b")
  .score("a", "leaf-3", 0.5)
  .world();
const tree = new Tree(world.benchmarks);
const currentVersion = Int32Array.from(tree.isLeaf);
const observations = observationsOf(world, tree);
const population = Uint8Array.of(1, 1);

/** Where others can have their turn. A column can be long: what is done with all columns is done a column a step. */
const stepsOf = (work: Iterable<unknown>): number => [...work].length;

test("leaves are made in steps, the room for their winners included", () => {
  expect(stepsOf(findLeafColumns(tree, observations, 2, currentVersion))).toBeGreaterThanOrEqual(2 * LEAVES);
});

test("columns are made wider for further models in steps", () => {
  const { columns, winners } = leafColumns(tree, observations, 2, currentVersion);
  const scope = new Scope(tree, Uint8Array.from(currentVersion));
  const before = new Standings({ scope, columns: aggregate(scope, columns, 2), winners, population, names: ["a", "b"] });
  const change = { before: observations, after: observations, changed: [] };
  const wider = { observations: change, currentVersion, population: Uint8Array.of(1, 1, 1), names: ["a", "b", "c"] };
  expect(stepsOf(renewingStandings(before, wider))).toBeGreaterThanOrEqual(LEAVES);
});
