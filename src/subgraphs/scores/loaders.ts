import { groupBy } from "../../board/group-by";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { Observation } from "./observation";

/** Observations as they stood at their revisions: today's, or a release's. */
interface At {
  readonly revision: number;
}

/** The answers to questions, in their order; those about one revision are read together. */
async function byRevision<Q extends At, Answer>(
  questions: readonly Q[],
  read: (questions: readonly Q[], revision: number) => Promise<(question: Q) => Answer>,
): Promise<Answer[]> {
  const groups = [...groupBy(questions, ({ revision }) => revision)];
  const answers = new Map(await Promise.all(groups.map(async ([revision, group]) => [revision, await read(group, revision)] as const)));
  return questions.map((question) => answers.get(question.revision)!(question));
}

export interface ObservationAt extends At {
  /** Internal key, from the board. */
  readonly pk: number;
}

const observationsByPk = (questions: readonly ObservationAt[], context: Context): Promise<(Observation | Error)[]> =>
  byRevision(questions, async (group, revision) => {
    const found = await context.find(Observation, "WHERE pk = ANY ($1)", [group.map(({ pk }) => pk)], revision);
    const byPk = new Map(found.map((observation) => [observation.pk, observation]));
    return ({ pk }) => byPk.get(pk) ?? new Error(`Observation ${pk} is on the board but not in its table.`);
  });

/** The observation of an internal key that came from a board. */
export const observationByPk = (context: Context, question: ObservationAt): Promise<Observation> =>
  context.loader(observationsByPk, ({ pk, revision }) => `${pk}@${revision}`).load(question);

/** A model on a leaf. */
export interface CellAt extends At {
  readonly modelPk: number;
  /** All versions of the leaf. */
  readonly versionPks: readonly number[];
}

/** All models on all of the leaves: more than was asked about where different models are asked about on different leaves, and by index. */
const OF_CELLS = "WHERE model_pk = ANY ($1) AND version_pk = ANY ($2) ORDER BY ended_at NULLS FIRST, pk";

const observationsByCell = (cells: readonly CellAt[], context: Context): Promise<Observation[][]> =>
  byRevision(cells, async (group, revision) => {
    const parameters = [[...new Set(group.map(({ modelPk }) => modelPk))], [...new Set(group.flatMap(({ versionPks }) => versionPks))]];
    const found = await context.find(Observation, OF_CELLS, parameters, revision);
    const byModel = groupBy(found, ({ modelPk }) => modelPk);
    return ({ modelPk, versionPks }) => (byModel.get(modelPk) ?? []).filter(({ versionPk }) => versionPks.includes(versionPk));
  });

/** Every observation of a model on a leaf, of all versions, oldest first; none of a model that the viewer does not see (§10). */
export const observationsOfCell = (context: Context, cell: CellAt): Promise<Observation[]> =>
  context.loader(observationsByCell, ({ modelPk, versionPks, revision }) => `${modelPk}/${versionPks.join()}@${revision}`).load(cell);

async function observationsById(ids: readonly string[], context: Context): Promise<(Observation | null)[]> {
  const found = await context.find(Observation, "WHERE id = ANY ($1)", [ids.filter(isStorable)]);
  const byId = new Map(found.map((observation) => [observation.id, observation]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The observation of an outward id; null if there is none, or none whose model the viewer sees (§10). */
export const observationById = (context: Context, id: string): Promise<Observation | null> => context.loader(observationsById).load(id);

async function submissionIds(pks: readonly number[], context: Context): Promise<(string | null)[]> {
  const rows = await context.read<{ pk: number; id: string }>("SELECT pk, id FROM submission WHERE pk = ANY ($1)", [pks]);
  const byPk = new Map(rows.map(({ pk, id }) => [pk, id]));
  return pks.map((pk) => byPk.get(pk) ?? null);
}

/** The outward id of a submission; null if it is not this viewer's to see (§10). */
export const submissionIdByPk = (context: Context, pk: number): Promise<string | null> => context.loader(submissionIds).load(pk);
