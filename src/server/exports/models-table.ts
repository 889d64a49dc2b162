import { invariant } from "../../errors";
import { Model } from "../../subgraphs/models/model";
import { column, needed } from "./column";
import type { Row } from "./in-batches";
import { shownSlots } from "./shown-slots";
import type { Subject, Table } from "./table";

/** Models that are read at once. */
const MOST = 500;

const COLUMNS = [
  needed("id", "text", "The model's id, as in the API."),
  needed("name", "text", "Name, unique in the file. It never changes."),
  column("contributor", "text", "Who contributed it. Nothing if unknown."),
  column("submitted_at", "instant", "When it was submitted. Nothing if unknown."),
  column("reference", "text", "Key of the work that describes it. Nothing if unknown."),
  column("competition", "text", "Competition that it took part in. Nothing if none."),
  column("group", "text", "Group that it is counted to by its contributor. Nothing if none."),
  column("visual_degrees", "integer", "Width of its visual field in degrees of visual angle. Nothing if unknown or none."),
  column("architecture", "text", "Kind of network. Nothing if unknown, as in all that follows."),
  column("family", "text", "Family of models."),
  column("parameters", "number", "Number of parameters."),
  column("trainable_parameters", "number", "Number of parameters that training changes."),
  column("layers", "integer", "Number of layers."),
  column("trainable_layers", "integer", "Number of layers that training changes."),
  column("size_megabytes", "number", "Size of the weights in megabytes."),
  column("training_dataset", "text", "What it was trained on."),
  column("task_specialization", "text", "What it was trained for."),
  column("runnable", "truth", "Whether others can run it."),
  column("source_url", "text", "Where its code is."),
  column("hugging_face_url", "text", "Where it is on Hugging Face."),
  column("notes", "text", "Remarks."),
];

async function* rows({ basis, context }: Subject): AsyncGenerator<Row[]> {
  const { models, catalog } = basis.board;
  const shown = yield* shownSlots(basis);
  for (let from = 0; from < shown.length; from += MOST) {
    const slots = shown.slice(from, from + MOST);
    const ids = slots.map((slot) => models[slot].id);
    const found = await context.find(Model, "WHERE id = ANY ($1)", [ids], basis.revision);
    const byId = new Map(found.map((model) => [model.id, model]));
    yield slots.map((slot) => {
      const { id, contributorName } = models[slot];
      const model = byId.get(id);
      invariant(model, "a model of the population is there for everybody to read");
      const { metadata: known } = model;
      const reference = model.referencePk === null ? null : (catalog.referencesByPk.get(model.referencePk)?.key ?? null);
      return [
        ...[id, model.name, contributorName, model.submittedAt?.getTime() ?? null, reference],
        ...[model.competition, model.group, model.visualDegrees, known.architecture, known.family],
        ...[known.parameterCount, known.trainableParameterCount, known.layerCount, known.trainableLayerCount, known.sizeMegabytes],
        ...[known.trainingDataset, known.taskSpecialization, known.isRunnable, known.sourceUrl, known.huggingFaceUrl, known.notes],
      ];
    });
  }
}

/** What is known of the models. */
export const modelsTable: Table = {
  description: "The models that ranks count under the conditions, one a row, by name.",
  columns: COLUMNS,
  rows,
};
