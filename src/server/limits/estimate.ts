/** What is known of an answer before it is computed. */
export interface Estimate {
  /** Objects that it may hold. */
  readonly nodes: number;
  /** The same with what costly fields count as. At least 1. */
  readonly cost: number;
}

/** Values of variables, as they came. */
export type Given = Readonly<Record<string, unknown>>;

/** A sum of what stands once, of what stands as often as a list is long, and of the larger of several. */
export interface Sum {
  readonly nodes: number;
  readonly cost: number;
  readonly parts: readonly Part[];
}

/** What is added to a sum, so many times. */
export interface Part {
  readonly times: (given: Given) => number;
  /** The largest of these counts. */
  readonly either: readonly Sum[];
}

/** The value of a sum. */
export function evaluate({ nodes, cost, parts }: Sum, given: Given): { nodes: number; cost: number } {
  for (const { times, either } of parts) {
    const count = times(given);
    if (count === 0) continue;
    let [mostNodes, mostCost] = [0, 0];
    for (const sum of either) {
      const value = evaluate(sum, given);
      mostNodes = Math.max(mostNodes, value.nodes);
      mostCost = Math.max(mostCost, value.cost);
    }
    nodes += count * mostNodes;
    cost += count * mostCost;
  }
  return { nodes, cost };
}
