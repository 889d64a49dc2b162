import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { retractScores } from "./retract-scores";
import { RetractScoresInput, SubmitScoresInput } from "./score-input";
import { RetractScoresPayload, SubmitScoresPayload } from "./score-payload";
import { submitScores } from "./submit-scores";

@Resolver()
export class ScoreMutations {
  @Mutation(() => SubmitScoresPayload, {
    description:
      "Hands in scores of models of yours, all or none. Sent again under the same key it is written once, so send it again whenever you " +
      "do not know whether it arrived. A score that is there already with the same outcome is left as it is, and is not counted in the submission.",
  })
  submitScores(
    @Arg("input", () => SubmitScoresInput, { description: "The scores." }) input: SubmitScoresInput,
    @Ctx() context: Context,
  ): Promise<SubmitScoresPayload> {
    return submitScores(context, input);
  }

  @Mutation(() => RetractScoresPayload, {
    description:
      "Declares that observations of models of yours do not count, at no instant. They stay to be seen, with the reason. Releases made before still count them.",
  })
  retractScores(
    @Arg("input", () => RetractScoresInput, { description: "What is retracted, and why." }) input: RetractScoresInput,
    @Ctx() context: Context,
  ): Promise<RetractScoresPayload> {
    return retractScores(context, input);
  }
}
