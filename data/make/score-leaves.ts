import { CAMPAIGN_OF } from "./campaigns";
import { CARD } from "./card";
import { SCORED } from "./cells";
import { MODELS, PUBLIC_COUNT } from "./models";
import { seeded } from "./random";
import { LEAVES } from "./tree";

/** Rank key at three decimals, as semantics.md §5 rounds. */
const thousandths = (value: number): number => Math.floor(value * 1000 + 0.5 + 1e-9);

/**
 * Draws the score of every SCORED cell: a normal variable that is shared by region and by group of leaves, seen through a logistic curve.
 * On a leaf of the card the curve is moved so that the card's score stands between the models that must be above it and the others; that
 * makes the leaf's rank. Gives a row a leaf, a number a model, six decimals; 0 unless SCORED.
 */
export function scoreLeaves(states: readonly Uint8Array[]): Float64Array[] {
  const random = seeded("scores");
  const groups = new Map<string, Float64Array>();
  return LEAVES.map(({ identifier, parent }, row) => {
    const group = groups.get(parent!) ?? Float64Array.from(MODELS, () => random.normal());
    groups.set(parent!, group);
    const isEarly = /^V1|^V2$/.test(parent!);
    const traits = MODELS.map(({ traits }) => (isEarly ? traits.early : traits.later));
    const z = standardize(
      traits.map((trait, slot) => 0.7 * trait + 0.35 * group[slot] + 0.45 * random.normal()),
      states[row],
    );
    const { spread, middle, excess = 0 } = CAMPAIGN_OF[row];
    const offset = 0.35 * random.normal();
    const node = CARD.find((node) => node.identifier === identifier);
    if (!node)
      return z.map((score, slot) =>
        states[row][slot] === SCORED ? round(stretch(logistic(logit(middle) + offset + spread * score), excess)) : 0,
      );
    if (node.value === null)
      return z.map((score, slot) => (states[row][slot] === SCORED ? round(logistic(logit(middle) + spread * score)) : 0));
    return placeBelow(z, states[row], spread, node.value, node.rank! - 1);
  });
}

/** Scores of a leaf on which exactly `above` public models have a higher key than the card's model, which has `value`. */
function placeBelow(z: Float64Array, states: Uint8Array, spread: number, value: number, above: number): Float64Array {
  const others = publicScored(states)
    .filter((slot) => slot !== 0)
    .sort((a, b) => z[b] - z[a]);
  if (others.length < above + 5) throw new Error(`${others.length} scored models are too few for ${above} above.`);
  const edge = (z[others[above - 1]] + z[others[above]]) / 2;
  const key = thousandths(value);
  return z.map((score, slot) => {
    if (slot === 0) return value;
    if (states[slot] !== SCORED) return 0;
    const drawn = round(logistic(logit(value) + spread * (score - edge)));
    // Who stands above must do so at three decimals; whoever ties there but should not is moved by less than a thousandth or two.
    if (score > edge) return thousandths(drawn) > key ? drawn : round((key + 0.5 + 0.9 * (0.05 + fraction(score))) / 1000);
    return thousandths(drawn) <= key ? drawn : round((key + 0.45 - 0.9 * fraction(score)) / 1000);
  });
}

const fraction = (score: number): number => Math.abs(score * 1000) % 1;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));
const stretch = (value: number, excess: number): number => value * (1 + 2 * excess) - excess;
const round = (value: number): number => Math.round(value * 1e6) / 1e6;

const publicScored = (states: Uint8Array): number[] =>
  Array.from({ length: PUBLIC_COUNT }, (_, slot) => slot).filter((slot) => states[slot] === SCORED);

/** The same numbers with mean 0 and standard deviation 1 among the public models that are SCORED. */
function standardize(numbers: readonly number[], states: Uint8Array): Float64Array {
  const counted = publicScored(states).map((slot) => numbers[slot]);
  const mean = counted.reduce((sum, x) => sum + x, 0) / counted.length;
  const deviation = Math.sqrt(counted.reduce((sum, x) => sum + (x - mean) ** 2, 0) / counted.length);
  return Float64Array.from(numbers, (x) => (x - mean) / deviation);
}
