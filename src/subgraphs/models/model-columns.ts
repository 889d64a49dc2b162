import { EXPECTED, isTitle } from "../../database/texts";
import type { Row } from "../../database/write-rows";
import { asText, quote, refuseNoAddress, refuseOutside } from "../../federation/check-input";
import type { Writing } from "../../federation/mutate";
import type { LayerCommitmentInput, ModelDetailsInput, ModelMetadataInput } from "./model-input";

const MOST_LAYERS = 1_000;

/** What an input says of a model, as columns of its table, but for the reference. What is absent is undefined; what is wrong is refused. */
export function modelColumns(writing: Writing, input: ModelDetailsInput): Row {
  const { competition, group, visualDegrees, layers, metadata } = input;
  refuseOutside(writing, ["visualDegrees"], visualDegrees);
  refuseLayers(writing, layers ?? []);
  return {
    competition: asText(competition),
    group: asText(group),
    visual_degrees: visualDegrees,
    layers: layers === undefined ? undefined : (layers ?? []).map(({ region, layer }) => ({ region, layer })),
    ...(metadata === undefined ? {} : metadataColumns(writing, metadata)),
  };
}

function refuseLayers({ refuse }: Writing, layers: readonly LayerCommitmentInput[]): void {
  if (layers.length > MOST_LAYERS) refuse("TOO_MANY", ["layers"], `Expected at most ${MOST_LAYERS} layers, got ${layers.length}.`);
  const regions = new Set<string>();
  for (const [place, { region, layer }] of layers.slice(0, MOST_LAYERS).entries()) {
    if (!isTitle(region)) refuse("INVALID", ["layers", place, "region"], `Expected ${EXPECTED.title}, got ${quote(region)}.`);
    else if (regions.has(region)) refuse("INVALID", ["layers", place, "region"], `Expected each region once, got ${quote(region)} again.`);
    if (layer === "") refuse("INVALID", ["layers", place, "layer"], "Expected the name of a layer, got nothing.");
    regions.add(region);
  }
}

/** Null clears everything. */
function metadataColumns(writing: Writing, metadata: ModelMetadataInput | null): Row {
  const given: ModelMetadataInput = metadata ?? NOTHING;
  for (const field of COUNTS) refuseOutside(writing, ["metadata", field], given[field]);
  for (const field of ["sourceUrl", "huggingFaceUrl"] as const) refuseNoAddress(writing, ["metadata", field], given[field]);
  return {
    architecture: asText(given.architecture),
    family: asText(given.family),
    parameter_count: given.parameterCount,
    trainable_parameter_count: given.trainableParameterCount,
    layer_count: given.layerCount,
    trainable_layer_count: given.trainableLayerCount,
    size_megabytes: given.sizeMegabytes,
    training_dataset: asText(given.trainingDataset),
    task_specialization: asText(given.taskSpecialization),
    is_runnable: given.isRunnable,
    source_url: given.sourceUrl,
    hugging_face_url: given.huggingFaceUrl,
    notes: asText(given.notes),
  };
}

const COUNTS = ["parameterCount", "trainableParameterCount", "layerCount", "trainableLayerCount", "sizeMegabytes"] as const;

const NOTHING: ModelMetadataInput = {
  architecture: null,
  family: null,
  parameterCount: null,
  trainableParameterCount: null,
  layerCount: null,
  trainableLayerCount: null,
  sizeMegabytes: null,
  trainingDataset: null,
  taskSpecialization: null,
  isRunnable: null,
  sourceUrl: null,
  huggingFaceUrl: null,
  notes: null,
};
