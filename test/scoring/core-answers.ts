import { aggregate } from "../../src/scoring/aggregate";
import { snapshotAsOf, type Snapshot } from "../../src/scoring/as-of";
import { checkWeights } from "../../src/scoring/check-weights";
import { compareModels } from "../../src/scoring/compare-models";
import { nodeSample } from "../../src/scoring/correlations";
import { display } from "../../src/scoring/display";
import { type Observations } from "../../src/scoring/observations";
import { Scope } from "../../src/scoring/scope";
import { Standings } from "../../src/scoring/standings";
import { Tree } from "../../src/scoring/tree";
import { currentVersions, type Versions } from "../../src/scoring/versions";
import { leafColumns } from "../../src/scoring/winners";
import { correlate } from "../../src/statistics/correlate";
import { type Answers, type World } from "../reference/world";
import { observationsOf } from "./observations-of";

const STATES = ["NOT_RUN", "FAILED", "SCORED"] as const;

/** A world's facts as the core takes them. */
export interface CoreFacts {
  readonly tree: Tree;
  readonly versions: Versions;
  readonly observations: Observations;
  readonly isPublic: Uint8Array;
}

export function coreFacts(world: World): CoreFacts {
  const tree = new Tree(world.benchmarks);
  const versions = {
    length: world.versions.length,
    node: Int32Array.from(world.versions, (v) => tree.find(v.benchmark)),
    number: Int32Array.from(world.versions, (v) => v.number),
  };
  return { tree, versions, observations: observationsOf(world, tree), isPublic: Uint8Array.from(world.models, (m) => Number(m.isPublic)) };
}

/** What counts under a world's `asOf`, from scratch. */
export function snapshotOf({ asOf }: World, { tree, versions, observations, isPublic }: CoreFacts): Snapshot {
  if (asOf !== null) return snapshotAsOf(tree, versions, observations, isPublic, asOf);
  const currentVersion = currentVersions(tree.size, versions);
  const { columns, winners } = leafColumns(tree, observations, isPublic.length, currentVersion);
  return { at: Infinity, currentVersion, population: isPublic, columns, winners };
}

/** The weights and the leaves of a world's conditions, and its population. */
export function coreConditions(world: World, { tree }: CoreFacts) {
  const told = Object.entries(world.weights).map(([benchmark, weight]) => ({ benchmark, weight }));
  const { among } = world;
  return {
    weights: checkWeights(tree, told),
    missing: world.missing,
    matches: (node: number): boolean => world.only === null || world.only.includes(tree.identifiers[node]),
    among: ({ population }: Snapshot): Uint8Array =>
      population.map((counted, model) => Number(counted && (among === null || among.includes(world.models[model].name)))),
  };
}

/** The core's standings of a world under its conditions. */
export function coreStandings(world: World, facts: CoreFacts): Standings {
  const snapshot = snapshotOf(world, facts);
  const { weights, missing, matches, among } = coreConditions(world, facts);
  const names = world.models.map((m) => m.name);
  const counts = snapshot.currentVersion.map((version, node) => Number(version > 0 && matches(node)));
  const scope = new Scope(facts.tree, Uint8Array.from(counts), weights);
  const columns = aggregate(scope, snapshot.columns, names.length, missing);
  return new Standings({ scope, columns, winners: snapshot.winners, population: among(snapshot), names, missing });
}

/** The core's answers about a world: tree, winners, averages, standings, asked by names. */
export function coreAnswers(world: World): Answers {
  const facts = coreFacts(world);
  const standings = coreStandings(world, facts);
  const { tree } = facts;
  const { scope, names } = standings;
  const models = new Map(names.map((name, slot) => [name, slot]));
  const at = (benchmark: string): number => tree.find(benchmark);
  const slot = (model: string): number => models.get(model)!;
  const named = (slots: Int32Array): string[] => Array.from(slots, (model) => names[model]);
  const identified = (nodes: readonly number[]): string[] => nodes.map((node) => tree.identifiers[node]);
  return {
    treeOrder: tree.identifiers,
    population: names.filter((_, model) => standings.population[model]),
    currentVersion: (benchmark) => snapshotOf(world, facts).currentVersion[at(benchmark)],
    leafCount: (benchmark) => scope.leafCount[at(benchmark)],
    leaves: (benchmark) => identified(scope.leaves(at(benchmark))),
    listed: (benchmark) => identified(scope.listed(benchmark === null ? null : at(benchmark))),
    listedParent: (benchmark) => tree.identifiers[tree.visibleParent[at(benchmark)]] ?? null,
    depth: (benchmark) => tree.depth[at(benchmark)],
    winner: (model, benchmark) => {
      const winner = standings.winner(at(benchmark), slot(model));
      return winner < 0 ? null : winner;
    },
    state: (model, benchmark) => STATES[standings.state(at(benchmark), slot(model))],
    value: (model, benchmark) => standings.value(at(benchmark), slot(model)),
    error: (model, benchmark) => standings.error(at(benchmark), slot(model)),
    display: (model, benchmark) => display(standings.state(at(benchmark), slot(model)), standings.value(at(benchmark), slot(model))),
    rank: (model, benchmark) => standings.ranking(at(benchmark)).rank(slot(model)),
    tiedWith: (model, benchmark) => standings.ranking(at(benchmark)).tiedWith(slot(model)),
    percentile: (model, benchmark) => standings.ranking(at(benchmark)).percentile(slot(model)),
    interval: (model, benchmark, confidence) => standings.ranking(at(benchmark)).interval(slot(model), confidence),
    coverage: (model, benchmark) => standings.coverage(at(benchmark), slot(model)),
    contributions: (model, benchmark) =>
      standings.contributions(at(benchmark), slot(model)).map(({ node, value }) => ({ leaf: tree.identifiers[node], value })),
    compare: (a, b, benchmark) => compareModels(standings, slot(a), slot(b), at(benchmark)),
    correlation: (x, y, method) => correlate(nodeSample(standings, at(x)), nodeSample(standings, at(y)), method),
    leaderboard: (benchmark) => named(standings.leaderboard(at(benchmark))),
    best: (benchmark) => named(standings.best(at(benchmark))),
    statistics: (benchmark) => ({ ...standings.statistics(at(benchmark)) }),
    histogram: (benchmark, bins) => standings.histogram(at(benchmark), bins),
  };
}
