import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { RegisterModelInput, UpdateModelInput } from "./model-input";
import { RegisterModelPayload, UpdateModelPayload } from "./model-payload";
import { registerModel } from "./register-model";
import { updateModel } from "./update-model";

@Resolver()
export class ModelsMutations {
  @Mutation(() => RegisterModelPayload, { description: "Registers a model of yours. It needs nothing but a name." })
  registerModel(
    @Arg("input", () => RegisterModelInput, { description: "The model." }) input: RegisterModelInput,
    @Ctx() context: Context,
  ): Promise<RegisterModelPayload> {
    return registerModel(context, input);
  }

  @Mutation(() => UpdateModelPayload, {
    description: "Changes a model of yours: what is known of it, and whether everybody sees it. Admins may change any.",
  })
  updateModel(
    @Arg("input", () => UpdateModelInput, { description: "What changes." }) input: UpdateModelInput,
    @Ctx() context: Context,
  ): Promise<UpdateModelPayload> {
    return updateModel(context, input);
  }
}
