import { CARD } from "./card";
import { SCORED, type Cells } from "./cells";
import { MODELS, PUBLIC_COUNT } from "./models";
import { seeded } from "./random";
import { CHILDREN, ROW_OF, ROWS_BELOW, TREE } from "./tree";

/** What was done for one parent: how far off its rank was at first, and how many exchanges put it right. */
export interface Step {
  readonly identifier: string;
  readonly before: number;
  readonly exchanges: number;
}

/**
 * Makes every parent's rank the card's, from the leaves up. For one parent, two models exchange all that they scored below one of its
 * children. That keeps every rank below that child, since the same values stand there, at other models; so a parent, once right, stays
 * right, and each step is a search for one number. Models exchange only where they were run and failed on the same leaves; at the top,
 * where few do so, also models that came at nearly the same time. Changes `cells` in place.
 */
export function calibrate(cells: Cells): Step[] {
  const random = seeded("exchange");
  const parents = CARD.filter(({ value, rank }) => value === null && rank !== null).reverse();
  return parents.map(({ identifier, rank }) => {
    const blocks = CHILDREN.get(identifier)!.map((child) => ROWS_BELOW.get(child)!);
    const scale = 10 ** TREE.find((node) => node.identifier === identifier)!.rankDecimals;
    const key = (slot: number): number => Math.floor(valueOf(identifier, cells, slot) * scale + 0.5 + scale * 1e-12);
    const keys = Int32Array.from({ length: PUBLIC_COUNT }, (_, slot) => key(slot));
    const isAbove = (slot: number): number => (keys[slot] > keys[0] ? 1 : 0);
    let missing = rank! - 1 - keys.reduce((count, _, slot) => count + isAbove(slot), 0);
    const before = -missing;
    let exchanges = 0;
    for (let attempt = 0; missing !== 0; attempt++) {
      if (attempt > 2_000_000) throw new Error(`${identifier}: still ${missing} models short of its rank.`);
      const block = random.pick(blocks);
      const [one, other] = [1 + random.integer(PUBLIC_COUNT - 1), 1 + random.integer(PUBLIC_COUNT - 1)];
      if (one === other || !mayExchange(cells, block, one, other)) continue;
      const was = isAbove(one) + isAbove(other);
      exchange(cells, block, one, other);
      keys[one] = key(one);
      keys[other] = key(other);
      const gain = isAbove(one) + isAbove(other) - was;
      if (gain * Math.sign(missing) > 0 && Math.abs(gain) <= Math.abs(missing)) {
        missing -= gain;
        exchanges++;
        continue;
      }
      exchange(cells, block, one, other);
      keys[one] = key(one);
      keys[other] = key(other);
    }
    return { identifier, before, exchanges };
  });
}

/** Leaves in what counts as one half of the tree, neural or behaviour. */
const HALF = 30;

/** Half a year: what is on offer to models that come so close together is much the same. */
const NEAR = 182 * 86_400_000;

function mayExchange({ states }: Cells, rows: readonly number[], one: number, other: number): boolean {
  if (rows.every((row) => states[row][one] === states[row][other])) return true;
  const [a, b] = [MODELS[one], MODELS[other]];
  return rows.length >= HALF && a.fate === "usual" && b.fate === "usual" && Math.abs(a.submittedAt - b.submittedAt) < NEAR;
}

function exchange(cells: Cells, rows: readonly number[], one: number, other: number): void {
  for (const row of rows) for (const { [row]: line } of [cells.states, cells.values]) [line[one], line[other]] = [line[other], line[one]];
}

/** Value of a benchmark for one model: leaves clamped to [0, 1], what is not SCORED counts 0 (semantics.md §2, §3). */
function valueOf(identifier: string, cells: Cells, slot: number): number {
  const row = ROW_OF.get(identifier);
  if (row !== undefined) return cells.states[row][slot] === SCORED ? Math.min(1, Math.max(0, cells.values[row][slot])) : 0;
  const children = CHILDREN.get(identifier)!;
  let sum = 0;
  for (const child of children) sum += valueOf(child, cells, slot);
  return sum / children.length;
}
