import { readBoard } from "../src/board/read-facts";
import { aggregate } from "../src/scoring/aggregate";
import { Standings } from "../src/scoring/standings";
import { leafColumns } from "../src/scoring/winners";
import { type Figure, median, timed } from "./measure";
import type { Subject } from "./subject";

/** Winners, aggregation, all ranks and all statistics of the whole tree, each from the beginning in every round. */
export async function measureScoring({ dataSource, size: { models } }: Subject): Promise<Figure[]> {
  const [board] = (await readBoard(dataSource)).domains;
  const { tree, scope, currentVersions } = board.catalog;
  const leaves = leafColumns(tree, board.observations, models, currentVersions);
  const columns = aggregate(scope, leaves.columns, models);
  const fresh = (): Standings =>
    new Standings({ scope, columns, winners: leaves.winners, population: board.publicModels, names: board.names });
  const nodes = columns.flatMap((column, node) => (column ? [node] : []));

  let sum = 0;
  const work: Readonly<Record<string, () => void>> = {
    "winning observation of every cell": () => void leafColumns(tree, board.observations, models, currentVersions),
    aggregation: () => void aggregate(scope, leaves.columns, models),
    "all ranks of all nodes": () => {
      const standings = fresh();
      for (const node of nodes) {
        const ranking = standings.ranking(node);
        for (let model = 0; model < models; model++) sum += ranking.rank(model) ?? 0;
      }
    },
    "all statistics": () => {
      const standings = fresh();
      for (const node of nodes) sum += standings.statistics(node).median ?? 0;
    },
  };
  const figures: Figure[] = [];
  for (const [name, run] of Object.entries(work)) {
    const rounds = await timed(run, { rounds: 15 });
    figures.push({ bench: "scoring", name, models, unit: "ms", median: median(rounds), rounds });
  }
  // What is summed has to be used, or the compiler may leave the work out.
  if (Number.isNaN(sum)) throw new Error("A rank or a median is no number.");
  return figures;
}
