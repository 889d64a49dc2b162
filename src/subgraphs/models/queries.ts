import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import type { MaybePromise } from "../../federation/promised";
import { modelByName } from "./loaders";
import { Model } from "./model";

@Resolver()
export class ModelsQueries {
  @Query(() => Model, {
    nullable: true,
    description: "The model of a name; null if there is none that you may see. Where your own and a public one share the name, your own.",
  })
  model(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("name", () => String, { description: "The model's name, in full." }) name: string,
    @Ctx() context: Context,
  ): MaybePromise<Model | null> {
    return modelByName(context, domain, name);
  }
}
