import { In } from "typeorm";
import type { Context } from "../../federation/context";
import { Observation } from "./observation";

async function observationsByPk(pks: readonly number[], { dataSource }: Context): Promise<(Observation | Error)[]> {
  const found = await dataSource.getRepository(Observation).findBy({ pk: In(pks) });
  const byPk = new Map(found.map((observation) => [observation.pk, observation]));
  return pks.map((pk) => byPk.get(pk) ?? new Error(`Observation ${pk} is on the board but not in its table.`));
}

/** The observation of an internal key that came from the board. */
export const observationByPk = (context: Context, pk: number): Promise<Observation> => context.loader(observationsByPk).load(pk);

/** A model on a leaf. */
export interface Cell {
  readonly modelPk: number;
  readonly benchmarkPk: number;
}

const cellKey = ({ modelPk, benchmarkPk }: Cell): string => `${modelPk}/${benchmarkPk}`;

async function observationsByCell(cells: readonly Cell[], { dataSource }: Context): Promise<Observation[][]> {
  const { entities, raw } = await dataSource
    .getRepository(Observation)
    .createQueryBuilder("o")
    .innerJoin("benchmark_version", "v", "v.pk = o.version_pk")
    .where("(o.model_pk, v.benchmark_pk) IN (SELECT * FROM unnest(cast(:modelPks AS int[]), cast(:benchmarkPks AS int[])))")
    .addSelect("v.benchmark_pk", "benchmark_pk")
    .setParameters({ modelPks: cells.map(({ modelPk }) => modelPk), benchmarkPks: cells.map(({ benchmarkPk }) => benchmarkPk) })
    .orderBy("o.endedAt", "ASC", "NULLS FIRST")
    .addOrderBy("o.pk")
    .getRawAndEntities<{ benchmark_pk: number }>();
  const byCell = new Map<string, Observation[]>(cells.map((cell) => [cellKey(cell), []]));
  entities.forEach((observation, row) =>
    byCell.get(cellKey({ modelPk: observation.modelPk, benchmarkPk: raw[row].benchmark_pk }))!.push(observation),
  );
  return cells.map((cell) => byCell.get(cellKey(cell))!);
}

/** Every observation of a model on a leaf, of all versions, oldest first. The caller has made sure that the viewer sees the model. */
export const observationsOfCell = (context: Context, cell: Cell): Promise<Observation[]> =>
  context.loader(observationsByCell, cellKey).load(cell);

async function observationsById(ids: readonly string[], { dataSource, view }: Context): Promise<(Observation | null)[]> {
  const found = await dataSource.getRepository(Observation).findBy({ id: In(ids) });
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
