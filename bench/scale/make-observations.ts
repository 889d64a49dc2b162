import type { DomainCatalog } from "../../src/board/domain-catalog";
import type { ObservationFacts } from "../../src/board/facts";
import { emptyColumns } from "../../src/board/observation-columns";
import { roomy } from "../../src/board/room";
import { seeded } from "../seeded";

const SEED = 20_260_501;

/** Of all cells of leaves, those that were measured; of these, those that were measured twice, and those that failed. */
const SHARES = { measured: 0.5, twice: 0.1, failed: 0.1 };

const SIX_YEARS_MILLISECONDS = 6 * 365 * 86_400_000;

/**
 * A domain's observations, drawn: in columns with the room behind them that a board gives them which reads them from a database. Each model was
 * run on half of the leaves, on others than the next one; every second leaf has errors. The same size has the same observations in every run.
 */
export function makeObservations({ tree, currentVersions }: DomainCatalog, models: number): ObservationFacts {
  const random = seeded(SEED);
  const leaves = Array.from(tree.isLeaf.keys()).filter((node) => tree.isLeaf[node] && currentVersions[node] > 0);
  const measured = Math.round(leaves.length * SHARES.measured);
  const twice = Math.round(measured * SHARES.twice);
  const facts = emptyColumns(models * (measured + twice), { revision: 1, model: models, node: tree.size, version: 1 }, roomy);
  let at = 0;
  const run = (model: number, node: number, place: number): void => {
    const isFailed = random.uniform() < SHARES.failed;
    const number = isFailed ? NaN : random.uniform();
    facts.pk[at] = at + 1;
    facts.revision[at] = 1;
    facts.model[at] = model;
    facts.node[at] = node;
    facts.version[at] = 1;
    facts.raw[at] = facts.ceiled[at] = number;
    facts.error[at] = place % 2 === 0 && !isFailed ? 0.01 + 0.05 * random.uniform() : NaN;
    facts.failed[at] = Number(isFailed);
    facts.startedAt[at] = Date.UTC(2020, 0, 1) + Math.floor(SIX_YEARS_MILLISECONDS * random.uniform());
    facts.endedAt[at] = facts.startedAt[at] + 3_600_000;
    at++;
  };
  for (let model = 0; model < models; model++) {
    let [wanted, again] = [measured, twice];
    for (let place = 0; place < leaves.length; place++) {
      if (random.uniform() * (leaves.length - place) >= wanted) continue;
      run(model, leaves[place], place);
      if (random.uniform() * wanted < again) {
        run(model, leaves[place], place);
        again--;
      }
      wanted--;
    }
  }
  facts.highestPk = at;
  return facts;
}
