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

/** The samples of nodes, one by one, as they are asked for: each one's values are put in order. */
export function* nodeSamples(standings: Standings, nodes: readonly number[]): Generator<Sample, void> {
  for (const node of nodes) yield nodeSample(standings, node);
}

/**
 * Row i, column j: the correlation of x = samples[i] and y = samples[j] over the models that are known in both (§6), its line that of y on x.
 * One row after the other, as they are asked for.
 */
export function* correlations(samples: readonly Sample[], method: CorrelationMethod = "PEARSON"): Generator<Correlation[], void> {
  for (const x of samples) yield samples.map((y) => correlate(x, y, method));
}
