import { CARD } from "./card";
import { CAMPAIGN_OF } from "./campaigns";
import { MODELS } from "./models";
import { seeded } from "./random";
import { LEAVES, type Benchmark } from "./tree";

export const NOT_RUN = 0;
const FAILED = 1;
export const SCORED = 2;

/** A table with a row a leaf (order of LEAVES) and a column a model (order of MODELS). */
export interface Cells {
  readonly states: readonly Uint8Array[];
  /** Ceiled scores, raw ones below engineering_vision; 0 unless SCORED. Not clamped. */
  readonly values: readonly Float64Array[];
}

/** Which model was run on what, and where it failed: old models miss newer leaves, weak ones miss behaviour, some campaigns fail whole. */
export function drawStates(): Uint8Array[] {
  const random = seeded("states");
  const states = LEAVES.map(() => new Uint8Array(MODELS.length));
  MODELS.forEach((model, slot) => {
    if (slot === 0) return;
    const campaigns = new Map<string, { luck: number; trouble: number }>();
    // How much of what is on offer a model's makers had it run on.
    const care = random.uniform();
    LEAVES.forEach((leaf, row) => {
      const campaign = CAMPAIGN_OF[row];
      const shared = campaigns.get(campaign.since[0]) ?? { luck: random.chance(0.6) ? care : random.uniform(), trouble: random.uniform() };
      campaigns.set(campaign.since[0], shared);
      const isLate = model.submittedAt < Date.parse(campaign.since[0]);
      const willing = (isLate ? campaign.caughtUp : campaign.run) * (model.traits.later < -1.3 && needsReadout(leaf) ? 0.1 : 1);
      const single = random.uniform();
      const slip = random.uniform();
      const isRun = model.fate === "all-failed" || (model.fate === "usual" && shared.luck < willing && slip < 0.995);
      const isFailed = model.fate === "all-failed" || shared.trouble < campaign.failed * 0.35 || single < campaign.failed * 0.65;
      states[row][slot] = !isRun ? NOT_RUN : isFailed ? FAILED : SCORED;
    });
  });
  LEAVES.forEach(({ identifier }, row) => {
    const node = CARD.find((node) => node.identifier === identifier);
    states[row][0] = !node ? NOT_RUN : node.value === null ? FAILED : SCORED;
  });
  return states;
}

/** Behaviour, and what is judged by it, needs a readout that a weak or untrained model seldom has. */
const needsReadout = ({ identifier, parent }: Benchmark): boolean => !/^(V1|V2|V4|IT)/.test(parent!) || identifier === "Kar2019-ost";
