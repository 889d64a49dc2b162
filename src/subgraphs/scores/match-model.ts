import type { ModelFacts } from "../../board/facts";
import { notFound } from "../../errors";
import { firstInstant } from "../../federation/date-only";
import type { Standings as Findings } from "../../scoring/standings";
import type { Tree } from "../../scoring/tree";
import type { ModelFilter, ScoredFilter } from "./model-filter";
import { anyOf, combinations, contains, type FilterFields, isOneOf, type Predicate, predicateOfFilter } from "./predicate";
import { isWithin } from "./ranges";

/** The predicate that a filter asks of models (§7). `findings`: where `scored` looks, whatever population they are ranked in. */
export function matchModel(filter: ModelFilter, findings: Findings): Predicate<ModelFacts> {
  const fields: FilterFields<ModelFilter, ModelFacts> = {
    names: (names) => isOneOf(names, ({ name }) => name),
    search: (text) => contains(text, ({ name, contributorName }) => [name, contributorName]),
    architecture: (values) => isOneOf(values, ({ architecture }) => architecture),
    family: (values) => isOneOf(values, ({ family }) => family),
    trainingDataset: (values) => isOneOf(values, ({ trainingDataset }) => trainingDataset),
    taskSpecialization: (values) => isOneOf(values, ({ taskSpecialization }) => taskSpecialization),
    parameterCount: (range) => (model) => isWithin(model.parameterCount, range),
    sizeMegabytes: (range) => (model) => isWithin(model.sizeMegabytes, range),
    submitted:
      ({ from, to }) =>
      (model) =>
        isWithin(model.submittedAt, { min: from && firstInstant(from).getTime(), max: to?.getTime() }),
    isRunnable: (value) => (model) => model.isRunnable === value,
    competition: (values) => isOneOf(values, ({ competition }) => competition),
    group: (values) => isOneOf(values, ({ group }) => group),
    scored: (cells) => anyOf(cells.map((cell) => matchScored(cell, findings))),
    contributor: (values) => isOneOf(values, ({ contributorName }) => contributorName),
    visualDegrees: (range) => (model) => isWithin(model.visualDegrees, range),
    ...combinations((inner: ModelFilter) => predicateOfFilter(inner, fields)),
  };
  return predicateOfFilter(filter, fields);
}

/** The nodes whose cells a filter looks at, each once. Throws NOT_FOUND for a benchmark that the tree does not have. */
export function nodesLookedAt(tree: Tree, { scored, and, or, not }: ModelFilter): number[] {
  const own = (scored ?? []).map(({ benchmark }) => nodeOf(tree, benchmark));
  const inner = [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])];
  return [...new Set([...own, ...inner.flatMap((filter) => nodesLookedAt(tree, filter))])];
}

function nodeOf(tree: Tree, benchmark: string): number {
  const node = tree.find(benchmark);
  if (node < 0) throw notFound("benchmark", benchmark);
  return node;
}

/** True where a model is SCORED on the benchmark, its value and its share of scored leaves in range. Throws NOT_FOUND for an unknown one. */
function matchScored({ benchmark, value, coverage }: ScoredFilter, findings: Findings): Predicate<ModelFacts> {
  const node = nodeOf(findings.scope.tree, benchmark);
  const share = (slot: number): number => {
    const { scored, leaves } = findings.coverage(node, slot);
    return scored / leaves;
  };
  return (_, slot) => {
    const found = findings.value(node, slot);
    return found !== null && (!value || isWithin(found, value)) && (!coverage || isWithin(share(slot), coverage));
  };
}
