import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { createReleaseFor } from "./create-release";
import { CreateReleaseInput } from "./release-input";
import { CreateReleasePayload } from "./release-payload";

@Resolver()
export class ReleaseMutations {
  @Mutation(() => CreateReleasePayload, {
    description:
      "Names the facts of a domain as they stand now, for good. The models that are public in it can never be made private again. For admins.",
  })
  createRelease(
    @Arg("input", () => CreateReleaseInput, { description: "The release." }) input: CreateReleaseInput,
    @Ctx() context: Context,
  ): Promise<CreateReleasePayload> {
    return createReleaseFor(context, input);
  }
}
