import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ModelFacts } from "../../board/facts";
import { isStorable } from "../../database/is-storable";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { ForwardPageArguments } from "../../federation/page-arguments";
import { paginate } from "../../federation/paginate";
import { compareCodePoints } from "../../scoring/compare-code-points";
import { Account, Contributor, Reference } from "./foreign";
import { modelById } from "./loaders";
import { Model } from "./model";

const ModelConnection = connectionType("Model", () => Model, "models");

/** A page of the models that the viewer sees and that a condition leaves, by name. Only those of the page are read in full. */
function modelPage(
  context: Context,
  list: readonly string[],
  page: ForwardPageArguments,
  isListed: (model: ModelFacts) => boolean,
): Connection<Promise<Model | null>> {
  const { view } = context;
  const rows = view.catalog.domains.flatMap(({ domain }) => {
    const board = view.domain(domain.slug)!;
    return view.models(board).flatMap((slot) => (isListed(board.models[slot]) ? [board.models[slot]] : []));
  });
  rows.sort((a, b) => compareCodePoints(a.name, b.name) || compareCodePoints(a.id, b.id));
  return paginate(
    context,
    {
      list,
      rows,
      keyOf: ({ name, id }) => [name, id],
      compare: ([nameA, idA], [nameB, idB]) =>
        compareCodePoints(String(nameA), String(nameB)) || compareCodePoints(String(idA), String(idB)),
      nodeOf: ({ id }) => modelById(context, id),
    },
    page,
  );
}

async function accountPks(ids: readonly string[], context: Context): Promise<(number | null)[]> {
  const rows = await context.read<{ id: string; pk: number }>("SELECT id, pk FROM account WHERE id = ANY ($1)", [ids.filter(isStorable)]);
  const byId = new Map(rows.map(({ id, pk }) => [id, pk]));
  return ids.map((id) => byId.get(id) ?? null);
}

@Resolver(() => Contributor)
export class ContributorFields {
  @FieldResolver(() => ModelConnection, { description: "The models contributed that you may see, by name." })
  models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Contributor, @Ctx() context: Context) {
    return modelPage(context, ["Contributor.models", id], page, ({ contributorId }) => contributorId === id);
  }
}

@Resolver(() => Account)
export class AccountFields {
  @FieldResolver(() => ModelConnection, { description: "The account's models, public or not, by name." })
  async models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Account, @Ctx() context: Context) {
    const pk = await context.loader(accountPks).load(id);
    return modelPage(context, ["Account.models", id], page, ({ ownerPk }) => pk !== null && ownerPk === pk);
  }
}

@Resolver(() => Reference)
export class ReferenceFields {
  @FieldResolver(() => ModelConnection, { description: "The models that you may see that come from this work, by name." })
  models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Reference, @Ctx() context: Context) {
    const pks = new Set(context.view.catalog.domains.flatMap(({ referencesById }) => referencesById.get(id)?.pk ?? []));
    return modelPage(context, ["Reference.models", id], page, ({ referencePk }) => referencePk !== null && pks.has(referencePk));
  }
}
