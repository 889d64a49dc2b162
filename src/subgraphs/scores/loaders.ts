import { In } from "typeorm";
import { contentAt } from "../../database/content-at";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { Observation } from "./observation";

/** Observations as they stood at their revisions: today's, or a release's. */
interface At {
  readonly revision: number;
}

/** The facts that each question is about, as of its revision. */
async function toldAt<Q extends At>(
  { dataSource }: Context,
  questions: readonly Q[],
  found: readonly Observation[],
  isAbout: (question: Q, observation: Observation) => boolean,
): Promise<Observation[][]> {
  const told = new Map<number, Observation[]>();
  for (const { revision } of questions) {
    if (told.has(revision)) continue;
    // Copies: another revision may tell the same facts otherwise.
    const copies = found.map((observation) => Object.assign(new Observation(), observation));
    told.set(revision, await contentAt(dataSource, Observation, copies, revision));
  }
  return questions.map((question) => told.get(question.revision)!.filter((observation) => isAbout(question, observation)));
}

export interface ObservationAt extends At {
  /** Internal key, from the board. */
  readonly pk: number;
}

async function observationsByPk(questions: readonly ObservationAt[], context: Context): Promise<(Observation | Error)[]> {
  const found = await context.dataSource.getRepository(Observation).findBy({ pk: In([...new Set(questions.map(({ pk }) => pk))]) });
  const told = await toldAt(context, questions, found, ({ pk }, observation) => observation.pk === pk);
  return told.map(
    ([observation], place) => observation ?? new Error(`Observation ${questions[place].pk} is on the board but not in its table.`),
  );
}

/** The observation of an internal key that came from a board. */
export const observationByPk = (context: Context, question: ObservationAt): Promise<Observation> =>
  context.loader(observationsByPk, ({ pk, revision }) => `${pk}@${revision}`).load(question);

/** A model on a leaf. */
export interface CellAt extends At {
  readonly modelPk: number;
  readonly benchmarkPk: number;
}

async function observationsByCell(cells: readonly CellAt[], context: Context): Promise<Observation[][]> {
  const { entities, raw } = await context.dataSource
    .getRepository(Observation)
    .createQueryBuilder("o")
    .innerJoin("benchmark_version", "v", "v.pk = o.version_pk")
    .where("(o.model_pk, v.benchmark_pk) IN (SELECT * FROM unnest(cast(:modelPks AS int[]), cast(:benchmarkPks AS int[])))")
    .addSelect("v.benchmark_pk", "benchmark_pk")
    .setParameters({ modelPks: cells.map(({ modelPk }) => modelPk), benchmarkPks: cells.map(({ benchmarkPk }) => benchmarkPk) })
    .orderBy("o.endedAt", "ASC", "NULLS FIRST")
    .addOrderBy("o.pk")
    .getRawAndEntities<{ benchmark_pk: number }>();
  const benchmarkPks = new Map(entities.map(({ pk }, row) => [pk, raw[row].benchmark_pk]));
  return toldAt(context, cells, entities, (cell, { pk, modelPk }) => modelPk === cell.modelPk && benchmarkPks.get(pk) === cell.benchmarkPk);
}

/** Every observation of a model on a leaf, of all versions, oldest first. The caller has made sure that the viewer sees the model. */
export const observationsOfCell = (context: Context, cell: CellAt): Promise<Observation[]> =>
  context.loader(observationsByCell, ({ modelPk, benchmarkPk, revision }) => `${modelPk}/${benchmarkPk}@${revision}`).load(cell);

async function observationsById(ids: readonly string[], { dataSource, view }: Context): Promise<(Observation | null)[]> {
  const rows = await dataSource.getRepository(Observation).findBy({ id: In(ids.filter(isStorable)) });
  const found = await contentAt(dataSource, Observation, rows, view.catalog.ledger.revision);
  const byId = new Map(found.map((observation) => [observation.id, observation]));
  return ids.map((id) => {
    const observation = byId.get(id);
    return observation && view.modelByPk(observation.modelPk) ? observation : null;
  });
}

/** The observation of an outward id; null if there is none, or none whose model the viewer sees (§10). */
export const observationById = (context: Context, id: string): Promise<Observation | null> => context.loader(observationsById).load(id);

async function submissionIds(pks: readonly number[], { dataSource, viewer }: Context): Promise<(string | null)[]> {
  const rows = (await dataSource.query(`SELECT pk, id FROM submission WHERE pk = ANY($1) AND ($2 OR account_pk = $3)`, [
    pks,
    viewer?.isAdmin ?? false,
    viewer?.accountPk ?? null,
  ])) as { pk: number; id: string }[];
  const byPk = new Map(rows.map(({ pk, id }) => [pk, id]));
  return pks.map((pk) => byPk.get(pk) ?? null);
}

/** The outward id of a submission; null if it is not this viewer's to see (§10). */
export const submissionIdByPk = (context: Context, pk: number): Promise<string | null> => context.loader(submissionIds).load(pk);
