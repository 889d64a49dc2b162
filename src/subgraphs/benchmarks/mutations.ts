import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { addBenchmarkVersion } from "./add-benchmark-version";
import { RegisterBenchmarkInput, SetBenchmarkVisibilityInput, UpdateBenchmarkInput } from "./benchmark-input";
import {
  AddBenchmarkVersionPayload,
  RegisterBenchmarkPayload,
  SetBenchmarkVisibilityPayload,
  UpdateBenchmarkPayload,
} from "./benchmark-payload";
import { registerBenchmark } from "./register-benchmark";
import { setBenchmarkVisibility } from "./set-benchmark-visibility";
import { updateBenchmark } from "./update-benchmark";
import { AddBenchmarkVersionInput } from "./version-input";

@Resolver()
export class BenchmarksMutations {
  @Mutation(() => RegisterBenchmarkPayload, {
    description: "Registers a benchmark: a leaf with its first version, or a parent, whose children are registered next. For admins.",
  })
  registerBenchmark(
    @Arg("input", () => RegisterBenchmarkInput, { description: "The benchmark." }) input: RegisterBenchmarkInput,
    @Ctx() context: Context,
  ): Promise<RegisterBenchmarkPayload> {
    return registerBenchmark(context, input);
  }

  @Mutation(() => UpdateBenchmarkPayload, {
    description:
      "Changes a benchmark: its place in the tree, how it is shown and ranked, what it cites. Everything that it is a part of is computed " +
      "anew. For admins.",
  })
  updateBenchmark(
    @Arg("input", () => UpdateBenchmarkInput, { description: "What changes." }) input: UpdateBenchmarkInput,
    @Ctx() context: Context,
  ): Promise<UpdateBenchmarkPayload> {
    return updateBenchmark(context, input);
  }

  @Mutation(() => SetBenchmarkVisibilityPayload, { description: "Shows a benchmark in listings, or hides it. For admins." })
  setBenchmarkVisibility(
    @Arg("input", () => SetBenchmarkVisibilityInput, { description: "Which one, and whether it is shown." })
    input: SetBenchmarkVisibilityInput,
    @Ctx() context: Context,
  ): Promise<SetBenchmarkVisibilityPayload> {
    return setBenchmarkVisibility(context, input);
  }

  @Mutation(() => AddBenchmarkVersionPayload, {
    description:
      "Registers a new version of a leaf. It is the current one at once, so it empties the leaf: until a model is run on the new version, " +
      "it has no score there, and counts 0 in the averages above. Scores on earlier versions stay in the history. For admins.",
  })
  addBenchmarkVersion(
    @Arg("input", () => AddBenchmarkVersionInput, { description: "The version." }) input: AddBenchmarkVersionInput,
    @Ctx() context: Context,
  ): Promise<AddBenchmarkVersionPayload> {
    return addBenchmarkVersion(context, input);
  }
}
