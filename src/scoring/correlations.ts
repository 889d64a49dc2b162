import { correlate, type Correlation, type CorrelationMethod } from "../statistics/correlate";
import { sampleOf, type Sample } from "../statistics/sample";
import { SCORED } from "./column";
import { type Standings } from "./standings";

/** The values of a node over the population models SCORED there (§6); of a node outside the tree, none is known. */
export function nodeSample({ columns, population, modelCount }: Standings, node: number): Sample {
  const column = columns[node];
  if (!column) return sampleOf(new Float64Array(modelCount), new Uint8Array(modelCount));
  const isCounted = population.map((counted, model) => Number(counted === 1 && column.states[model] === SCORED));
  return sampleOf(column.values, isCounted);
}

/**
 * Row i, column j: the correlation of x = nodes[i] and y = nodes[j] over the population models SCORED on both (§6), its line that of y
 * on x. Row by row, as they are asked for. Each node's values are put in order once.
 */
export function* correlations(
  standings: Standings,
  nodes: readonly number[],
  method: CorrelationMethod = "PEARSON",
): Generator<Correlation[], void> {
  const samples = nodes.map((node) => nodeSample(standings, node));
  for (const x of samples) yield samples.map((y) => correlate(x, y, method));
}
