import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { RegisterReferenceInput } from "./reference-input";
import { RegisterReferencePayload } from "./reference-payload";
import { registerReference } from "./register-reference";

@Resolver()
export class CitationsMutations {
  @Mutation(() => RegisterReferencePayload, {
    description:
      "Registers a work, so that models and benchmarks can cite it by its key. Only you see it until something public cites it. If you see " +
      "the same work already (the same DOI or, without one, the same text), that is the answer and nothing is written; but a `key` " +
      "renames your own reference as long as nothing public cites it.",
  })
  registerReference(
    @Arg("input", () => RegisterReferenceInput, { description: "The work." }) input: RegisterReferenceInput,
    @Ctx() context: Context,
  ): Promise<RegisterReferencePayload> {
    return registerReference(context, input);
  }
}
