import { type BenchmarkRow, type Dataset, type LayerRow, type ModelRow } from "../../src/dataset/dataset";
import { calibrate } from "./calibrate";
import { drawStates } from "./cells";
import { ACCOUNTS, MODELS, type Model } from "./models";
import { observe } from "./observations";
import { REFERENCES } from "./references";
import { scoreLeaves } from "./score-leaves";
import { drawStimuli } from "./stimuli/draw-stimuli";
import { ROOTS, TREE } from "./tree";
import { listVersions } from "./versions";

const USAGE = [
  "from brainscore_vision import load_model",
  'model = load_model("{name}")',
  "model.start_task(...)",
  "model.start_recording(...)",
  "model.look_at(...)",
].join("\n");

const NOTES =
  "The model card of one model, resnet-50x2_untrained, is real: scores and ranks as published, to which the scores here add two invented " +
  "digits. Names and recordings of benchmarks and the references are real too. Everything else is synthetic: all other models and their " +
  "scores, and every raw score, error, date, ceiling, account and picture. The license is for what is synthetic.";

/** Makes the default data set, always the same one. */
export function makeDataset(): Dataset {
  const states = drawStates();
  const cells = { states, values: scoreLeaves(states) };
  calibrate(cells);
  const versions = listVersions();
  return {
    name: "Vision: one published model card among synthetic models",
    license: "CC0-1.0",
    notes: NOTES,
    domain: { slug: "vision", name: "Vision", usage: USAGE, references: ["Schrimpf2018", "Schrimpf2020"] },
    roots: ROOTS,
    benchmarks: TREE.map(({ identifier, parent, order, isVisible, rankDecimals, reference }): BenchmarkRow => ({
      identifier,
      parent,
      order,
      visible: isVisible,
      rank_decimals: rankDecimals,
      reference,
    })),
    versions,
    accounts: ACCOUNTS,
    models: MODELS.map(describe),
    layers: MODELS.flatMap(commit),
    references: REFERENCES,
    ...observe(cells, versions),
    ...drawStimuli(),
  };
}

/** The row of a model. Of the card's model nothing is told that the card does not say, but for a date to stand at. */
function describe({ name, isPublic, owner, submittedAt, build }: Model): ModelRow {
  const row = { name, public: isPublic, owner, submitted_at: new Date(submittedAt).toISOString().replace(".000Z", "Z") };
  if (!build) return row;
  const { architecture, training } = build;
  return {
    ...row,
    group: training.dataset === null ? "untrained" : "trained",
    visual_degrees: 8,
    architecture: architecture.kind,
    family: architecture.family,
    parameters: architecture.parameters,
    trainable_parameters: architecture.parameters,
    layers: architecture.layers,
    trainable_layers: architecture.layers,
    size_megabytes: Math.round(architecture.parameters / 25_000) / 10,
    training_dataset: training.dataset,
    task_specialization: training.task,
    runnable: false,
    notes: "synthetic",
  };
}

const commit = ({ name, build }: Model): LayerRow[] =>
  build ? ["V1", "V2", "V4", "IT"].map((region, place) => ({ model: name, region, layer: build.architecture.regions[place] })) : [];
