import { beats } from "./beats";
import { type ObservationChange } from "./observations";
import { OBSERVATIONS_A_STEP, type Steps } from "./steps";
import { type Tree } from "./tree";

type Winners = readonly (Int32Array | null)[];

/** The winners after a change of observations, and whose they are new: per leaf, the models. */
export interface RenewedWinners {
  /** As `leafColumns` gives them. Leaves without a new one share theirs. */
  readonly winners: Winners;
  readonly touched: ReadonlyMap<number, ReadonlySet<number>>;
}

/**
 * The winners of all leaves (§2) after a change of observations, from those before it, in steps. An added observation only has to beat the
 * present winner; where the winner itself says something else now, the cell's is looked for anew. `currentVersion`: per node, the number of
 * the version that counts, the same before and after.
 */
export function* renewingWinners(
  { isRaw }: Tree,
  currentVersion: Int32Array,
  earlier: Winners,
  { before, after, changed }: ObservationChange,
): Steps<RenewedWinners> {
  const winners = earlier.slice();
  const touched = new Map<number, Set<number>>();
  const crown = (leaf: number, model: number, index: number): void => {
    const models = touched.get(leaf);
    if (models) models.add(model);
    else {
      touched.set(leaf, new Set([model]));
      winners[leaf] = winners[leaf]!.slice();
    }
    winners[leaf]![model] = index;
  };
  const enter = (index: number): void => {
    const [leaf, model] = [after.node[index], after.model[index]];
    const best = winners[leaf];
    if (!best || after.version[index] !== currentVersion[leaf] || after.retracted[index]) return;
    if (best[model] < 0 || beats(after, index, best[model], isRaw[leaf] === 1)) crown(leaf, model, index);
  };

  for (const index of changed) {
    const [leaf, model] = [before.node[index], before.model[index]];
    if (winners[leaf]?.[model] === index) crown(leaf, model, -1);
  }
  if (touched.size > 0) {
    // A look into an array for each observation, and into the map for few of them.
    const isTouched = new Uint8Array(isRaw.length);
    for (const leaf of touched.keys()) isTouched[leaf] = 1;
    for (let index = 0; index < before.length; index++) {
      if (index % OBSERVATIONS_A_STEP === OBSERVATIONS_A_STEP - 1) yield;
      if (isTouched[after.node[index]] && touched.get(after.node[index])!.has(after.model[index])) enter(index);
    }
  }
  for (const index of changed) enter(index);
  for (let index = before.length; index < after.length; index++) enter(index);
  return { winners, touched };
}
