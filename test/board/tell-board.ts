import type { Board } from "../../src/board/board";
import type { DomainBoard } from "../../src/board/domain-board";
import type { Snapshot } from "../../src/scoring/as-of";

const finish = <T>(steps: Generator<unknown, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

/** Everything that a board says, in an order that does not depend on how it was made: observations go by their internal keys. */
export function tellBoard({ catalog, domains }: Board): unknown {
  expect(catalog.domains).toEqual(domains.map((board) => board.catalog));
  for (const [at, board] of domains.entries()) expect(catalog.domains[at]).toBe(board.catalog);
  return { ledger: catalog.ledger, domains: domains.map(tellDomain) };
}

function tellDomain(board: DomainBoard): unknown {
  const { catalog, models, observations, publicModels, names, versions, modelsById, modelsByName, modelsByPk } = board;
  const { facts, tree, scope, referencesById, referencesByPk, versionsById, versionsByPk, nodesById, ...others } = catalog;
  const pkOf = (index: number) => (index < 0 ? -1 : observations.pk[index]);
  const winnersOf = (all: Snapshot["winners"]) => all.map((winners) => winners && Array.from(winners, pkOf));
  return {
    facts,
    ...others,
    maps: [referencesById, referencesByPk, versionsById, versionsByPk, nodesById, modelsById, modelsByPk].map((map) => [...map]),
    cited: facts.references.filter((reference) => catalog.cites(reference)).map(({ key }) => key),
    tree: { ...tree },
    scope: { ...scope, tree: null, listed: scope.listedAll() },
    models,
    modelsByName: new Map(modelsByName),
    publicModels,
    names,
    versions,
    validities: catalog.versions.flatMap((numbered, node) => numbered.map(({ number }) => board.versionValidity(node, number))),
    observations: tellObservations(board),
    standings: tellStandings(board, winnersOf),
    timeline: tellTimeline(board, winnersOf),
  };
}

function tellObservations({ observations }: DomainBoard): unknown {
  const { length, highestPk, ...columns } = observations;
  expect(Object.values(columns).map((column) => column.length)).toEqual(Object.values(columns).map(() => length));
  const order = Array.from({ length }, (_, index) => index).sort((a, b) => columns.pk[a] - columns.pk[b]);
  const sorted = Object.entries(columns).map(([name, column]) => [name, order.map((index) => column[index])]);
  return { length, highestPk, ...Object.fromEntries(sorted) };
}

function tellStandings(board: DomainBoard, winnersOf: (winners: Snapshot["winners"]) => unknown): unknown {
  const standings = board.standings();
  const { columns, winners, population, modelCount, populationSize, missing } = standings;
  const models = Array.from({ length: modelCount }, (_, model) => model);
  const nodes = columns.map((_, node) => {
    const { count, failed, notRun, sorted, rankDecimals } = standings.ranking(node);
    const ranking = standings.has(node)
      ? models.map((model) => {
          const own = standings.ranking(node);
          return [own.rank(model), own.tiedWith(model), own.percentile(model), own.interval(model), standings.coverage(node, model)];
        })
      : [];
    return {
      ...{ count, failed, notRun, sorted, rankDecimals, ranking },
      leaderboard: standings.has(node) && [standings.leaderboard(node), standings.best(node)],
      statistics: [standings.statistics(node), standings.histogram(node)],
    };
  });
  return { columns, winners: winnersOf(winners), population, modelCount, populationSize, missing, nodes };
}

function tellTimeline(board: DomainBoard, winnersOf: (winners: Snapshot["winners"]) => unknown): unknown {
  const timeline = board.knownTimeline ?? finish(board.makeTimeline());
  const ends = [...board.observations.endedAt].filter((end) => !Number.isNaN(end)).sort((a, b) => a - b);
  const instants = [...new Set([ends[0], ends[ends.length >> 1], ends.at(-1)].filter((end) => end !== undefined))];
  return {
    newestEnd: timeline.newestEnd,
    firstEnds: board.models.map((_, slot) => timeline.firstEnd(slot)),
    snapshots: [...timeline.snapshots(instants)].map(({ winners, ...snapshot }) => ({ ...snapshot, winners: winnersOf(winners) })),
  };
}
