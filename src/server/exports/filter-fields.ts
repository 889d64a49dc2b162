/** How a field of a filter is written in an address. A range is `from..to`; either end may be empty. */
export type FieldKind = "texts" | "text" | "range" | "dates" | "boolean";

/** The fields of `ModelFilter` that addresses may name, as `among.family=resnet`: those that addresses of pages may. */
export const MODEL_FIELDS = {
  names: "texts",
  search: "text",
  family: "texts",
  architecture: "texts",
  trainingDataset: "texts",
  taskSpecialization: "texts",
  contributor: "texts",
  competition: "texts",
  group: "texts",
  parameterCount: "range",
  sizeMegabytes: "range",
  visualDegrees: "range",
  submitted: "dates",
  isRunnable: "boolean",
} as const satisfies Record<string, FieldKind>;

/** The fields of `BenchmarkFilter` that addresses may name, as `only.region=V4`. */
export const BENCHMARK_FIELDS = {
  identifiers: "texts",
  below: "texts",
  search: "text",
  region: "texts",
  species: "texts",
  task: "texts",
  stimulusCount: "range",
  ceiling: "range",
  dataIsPublic: "boolean",
} as const satisfies Record<string, FieldKind>;
