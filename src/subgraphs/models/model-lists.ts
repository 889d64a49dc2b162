import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { ForwardPageArguments } from "../../federation/page-arguments";
import { paginate } from "../../federation/paginate";
import type { MaybePromise } from "../../federation/promised";
import { compareCodePoints } from "../../scoring/compare-code-points";
import { Account, Contributor, Reference } from "./foreign";
import { type ListedModel, modelsOf } from "./listed-models";
import { modelById } from "./loaders";
import { Model } from "./model";

const ModelConnection = connectionType("Model", () => Model, "models", { isShared: true });

/** A page of some models that the viewer sees, by name. Only those of the page are read in full. */
function modelPage(
  context: Context,
  list: readonly string[],
  page: ForwardPageArguments,
  models: readonly ListedModel[],
): Connection<MaybePromise<Model | null>> {
  return paginate(
    context,
    {
      list,
      rows: [...models].sort((a, b) => compareCodePoints(a.name, b.name) || compareCodePoints(a.id, b.id)),
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
  async models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Contributor, @Ctx() context: Context) {
    return modelPage(context, ["Contributor.models", id], page, await modelsOf(context, "contributor", id));
  }
}

@Resolver(() => Account)
export class AccountFields {
  @FieldResolver(() => ModelConnection, { description: "The account's models, public or not, by name." })
  async models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Account, @Ctx() context: Context) {
    return modelPage(context, ["Account.models", id], page, await modelsOf(context, "account", id));
  }
}

@Resolver(() => Reference)
export class ReferenceFields {
  @FieldResolver(() => ModelConnection, { description: "The models that you may see that come from this work, by name." })
  async models(@Args(() => ForwardPageArguments) page: ForwardPageArguments, @Root() { id }: Reference, @Ctx() context: Context) {
    return modelPage(context, ["Reference.models", id], page, await modelsOf(context, "reference", id));
  }
}
