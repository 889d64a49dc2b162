import { badInput } from "../errors";
import { type Tree } from "./tree";

/** No weight is higher (§7). */
const HIGHEST = 1e6;

/** A weight as it is asked for: of a benchmark among its siblings. */
export interface BenchmarkWeight {
  readonly benchmark: string;
  readonly weight: number;
}

/**
 * One weight a node, for a Scope: 1 unless it is told (§7). Throws, with all faults at once, where a weight is not 0 to 1e6, or is
 * told of a root, of an unknown benchmark, or twice of one.
 */
export function checkWeights(tree: Tree, told: readonly BenchmarkWeight[]): Float64Array<ArrayBuffer> {
  const weights = new Float64Array(tree.size).fill(1);
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const { benchmark, weight } of told) {
    const name = JSON.stringify(benchmark);
    const node = tree.find(benchmark);
    if (seen.has(benchmark)) faults.push(`The weight of ${name} is given twice.`);
    else if (node < 0) faults.push(`There is no benchmark ${name} to give a weight.`);
    else if (tree.parent[node] < 0) faults.push(`${name} is a root: it has no siblings to be weighed among.`);
    if (!(weight >= 0 && weight <= HIGHEST)) faults.push(`The weight of ${name} is to be 0, or above 0 to 1e6, not ${weight}.`);
    seen.add(benchmark);
    if (node >= 0) weights[node] = weight + 0; // + 0: −0 is 0
  }
  if (faults.length > 0) throw badInput(faults.join(" "));
  return weights;
}
