import type { ModelFacts } from "../../board/facts";
import type { ModelFilter } from "./model-filter";
import { combinations, contains, type FilterFields, isOneOf, type Predicate, predicateOfFilter } from "./predicate";
import { isWithin } from "./ranges";

const FIELDS: FilterFields<ModelFilter, ModelFacts> = {
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
      isWithin(model.submittedAt, { min: from?.getTime(), max: to?.getTime() }),
  isRunnable: (value) => (model) => model.isRunnable === value,
  competition: (values) => isOneOf(values, ({ competition }) => competition),
  group: (values) => isOneOf(values, ({ group }) => group),
  contributor: (values) => isOneOf(values, ({ contributorName }) => contributorName),
  visualDegrees: (range) => (model) => isWithin(model.visualDegrees, range),
  ...combinations(matchModel),
};

/** The predicate that a filter asks of models (§7). */
export function matchModel(filter: ModelFilter): Predicate<ModelFacts> {
  return predicateOfFilter(filter, FIELDS);
}
