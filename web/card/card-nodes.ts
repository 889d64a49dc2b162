import type { CardScore } from "./queries";

/** A cell in the shape that trees are made of. */
export interface CardNode {
  readonly benchmark: CardScore["benchmark"];
  readonly parent: { readonly identifier: string } | null;
  readonly depth: number;
  readonly score: CardScore;
}

/** The cells of a card, with where each stands in the tree. */
export function cardNodes(scores: readonly CardScore[]): CardNode[] {
  const depths = new Map<string, number>();
  return scores.map((score) => {
    const parent = score.parent?.benchmark ?? null;
    const depth = parent === null ? 0 : (depths.get(parent.identifier) ?? 0) + 1;
    depths.set(score.benchmark.identifier, depth);
    return { benchmark: score.benchmark, parent, depth, score };
  });
}
