import type { ModelFacts } from "../../board/facts";
import { groupBy } from "../../board/group-by";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";

/** What a list of models is put in order by. */
export type ListedModel = Pick<ModelFacts, "id" | "name">;

/** Whose models are listed. */
type Whose = "contributor" | "account" | "reference";

interface Question {
  readonly whose: Whose;
  readonly id: string;
}

/**
 * The models that the viewer sees of those that have this contributor, account or reference, in any order; none if it is not the viewer's
 * to see. From the board if there is one, else from the database, in a batch.
 */
export const modelsOf = (context: Context, whose: Whose, id: string): Promise<readonly ListedModel[]> =>
  context.loader(listsOf, ({ whose: kind, id: of }) => `${kind}/${of}`).load({ whose, id });

async function listsOf(questions: readonly Question[], context: Context): Promise<(readonly ListedModel[])[]> {
  const kinds = [...groupBy(questions, ({ whose }) => whose)];
  const lists = new Map(
    await Promise.all(
      kinds.map(
        async ([whose, some]) =>
          [
            whose,
            await listsOfKind(
              context,
              whose,
              some.map(({ id }) => id),
            ),
          ] as const,
      ),
    ),
  );
  return questions.map(({ whose, id }) => lists.get(whose)!.get(id) ?? []);
}

/** The models of each of some ids. */
async function listsOfKind(context: Context, whose: Whose, ids: readonly string[]): Promise<ReadonlyMap<string, readonly ListedModel[]>> {
  const { view } = context;
  if (view.holdsModels && whose === "contributor") return fromBoard(context, ({ contributorId }) => contributorId);
  const byPk = new Map((await pksOf(context, whose, ids)).map(({ id, pk }) => [pk, id]));
  if (view.holdsModels) {
    const pkOf = ({ referencePk, ownerPk }: ModelFacts) => (whose === "reference" ? referencePk : ownerPk);
    return fromBoard(context, (model) => byPk.get(pkOf(model) ?? -1) ?? null);
  }
  const column = whose === "reference" ? "reference_pk" : "owner_pk";
  const models = await context.read<ListedModel & { of: number }>(
    `SELECT id, name, ${column} AS "of" FROM model WHERE ${column} = ANY ($1)`,
    [[...byPk.keys()]],
  );
  return groupBy(models, ({ of }) => byPk.get(of)!);
}

/** The internal keys of ids; those that are unknown, or not the viewer's to see, are left out. */
async function pksOf(context: Context, whose: Whose, ids: readonly string[]): Promise<{ id: string; pk: number }[]> {
  if (whose !== "reference") return context.read(`SELECT id, pk FROM ${whose} WHERE id = ANY ($1)`, [ids.filter(isStorable)]);
  return ids.flatMap((id) => {
    const pk = context.view.catalog.referenceById(id)?.pk;
    return pk === undefined ? [] : [{ id, pk }];
  });
}

/** The models of the board that the viewer sees, by what a question's id is; those that have none of it are left out. */
function fromBoard({ view }: Context, idOf: (model: ModelFacts) => string | null): ReadonlyMap<string, readonly ListedModel[]> {
  const models = view.catalog.domains.flatMap(({ domain }) => {
    const board = view.domain(domain.slug)!;
    return view.models(board).map((slot) => board.models[slot]);
  });
  return groupBy(
    models.filter((model) => idOf(model) !== null),
    (model) => idOf(model)!,
  );
}
