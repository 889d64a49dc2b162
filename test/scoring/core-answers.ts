import { aggregate } from "../../src/scoring/aggregate";
import { display } from "../../src/scoring/display";
import { Scope } from "../../src/scoring/scope";
import { Standings } from "../../src/scoring/standings";
import { Tree } from "../../src/scoring/tree";
import { currentVersions } from "../../src/scoring/versions";
import { leafColumns } from "../../src/scoring/winners";
import { type Answers, type World } from "../reference/world";
import { observationsOf } from "./observations-of";

const STATES = ["NOT_RUN", "FAILED", "SCORED"] as const;

/** The core's answers about a world: tree, winners, averages, standings, asked by names. */
export function coreAnswers(world: World): Answers {
  const tree = new Tree(world.benchmarks);
  const names = world.models.map((m) => m.name);
  const models = new Map(names.map((name, slot) => [name, slot]));
  const versions = {
    length: world.versions.length,
    node: Int32Array.from(world.versions, (v) => tree.find(v.benchmark)),
    number: Int32Array.from(world.versions, (v) => v.number),
  };
  const current = currentVersions(tree.size, versions);
  const matches = (identifier: string): boolean => world.only === null || world.only.includes(identifier);
  const scope = new Scope(
    tree,
    Uint8Array.from(tree.identifiers, (identifier, node) => Number(current[node] > 0 && matches(identifier))),
    Float64Array.from(tree.identifiers, (identifier) => world.weights[identifier] ?? 1),
  );
  const leaves = leafColumns(tree, observationsOf(world, tree), names.length, current, world.until ?? undefined);
  const standings = new Standings({
    scope,
    columns: aggregate(scope, leaves.columns, names.length, world.missing),
    winners: leaves.winners,
    population: Uint8Array.from(world.models, (m) => Number(m.isCounted)),
    names,
    missing: world.missing,
  });
  const at = (benchmark: string): number => tree.find(benchmark);
  const slot = (model: string): number => models.get(model)!;
  const named = (slots: Int32Array): string[] => Array.from(slots, (model) => names[model]);
  const identified = (nodes: readonly number[]): string[] => nodes.map((node) => tree.identifiers[node]);
  return {
    treeOrder: tree.identifiers,
    leafCount: (benchmark) => scope.leafCount[at(benchmark)],
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
    leaderboard: (benchmark) => named(standings.leaderboard(at(benchmark))),
    best: (benchmark) => named(standings.best(at(benchmark))),
    statistics: (benchmark) => ({ ...standings.statistics(at(benchmark)) }),
    histogram: (benchmark, bins) => standings.histogram(at(benchmark), bins),
  };
}
