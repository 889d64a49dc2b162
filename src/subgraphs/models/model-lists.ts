import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SelectQueryBuilder } from "typeorm";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { ForwardPageArguments } from "../../federation/page-arguments";
import { paginate } from "../../federation/paginate";
import { compareCodePoints } from "../../scoring/compare-code-points";
import { Account, Contributor, Reference } from "./foreign";
import { modelById, visibleModels } from "./loaders";
import { Model } from "./model";

const ModelConnection = connectionType("Model", () => Model, "models");

interface ListedModel {
  readonly id: string;
  readonly name: string;
}

/** A page of the visible models that a condition leaves, by name. The whole list is read as names; only the page is read in full. */
async function modelPage(
  context: Context,
  list: readonly string[],
  page: ForwardPageArguments,
  choose: (read: SelectQueryBuilder<Model>) => SelectQueryBuilder<Model>,
): Promise<Connection<Promise<Model | null>>> {
  const rows = await choose(visibleModels(context)).select(["model.id AS id", "model.name AS name"]).getRawMany<ListedModel>();
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

@Resolver(() => Contributor)
export class ContributorFields {
  @FieldResolver(() => ModelConnection, { description: "The models contributed that you may see, by name." })
  models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Contributor, @Ctx() context: Context) {
    return modelPage(context, ["Contributor.models", id], page, (read) => read.andWhere("account.contributor_id = :id", { id }));
  }
}

@Resolver(() => Account)
export class AccountFields {
  @FieldResolver(() => ModelConnection, { description: "The account's models, public or not, by name." })
  models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Account, @Ctx() context: Context) {
    return modelPage(context, ["Account.models", id], page, (read) => read.andWhere("account.id = :id", { id }));
  }
}

@Resolver(() => Reference)
export class ReferenceFields {
  @FieldResolver(() => ModelConnection, { description: "The models that you may see that come from this work, by name." })
  models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Reference, @Ctx() context: Context) {
    return modelPage(context, ["Reference.models", id], page, (read) =>
      read.innerJoin("reference", "reference", "reference.pk = model.reference_pk").andWhere("reference.id = :id", { id }),
    );
  }
}
