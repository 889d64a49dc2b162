import { Field, ObjectType } from "type-graphql";
import { UserError } from "../../federation/user-error";
import { Observation } from "./foreign";
import { Submission } from "./submission";

@ObjectType({ description: "What became of a submission of scores." })
export class SubmitScoresPayload {
  @Field(() => Submission, { nullable: true, description: "The submission. Null if the input was refused, and of a dry run." })
  submission: Submission | null = null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it had been handed in before, so that nothing was written now. Null if the input was refused.",
  })
  replayed: boolean | null = null;

  @Field(() => String, {
    nullable: true,
    description: "The revision that holds it, as `submission.revision` tells it. Null if the input was refused, and of a dry run.",
  })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}

@ObjectType({ description: "What became of a retraction." })
export class RetractScoresPayload {
  @Field(() => [Observation], { description: "The observations as they are now, in the order of the input. Empty if it was refused." })
  observations: Observation[] = [];

  @Field(() => String, { nullable: true, description: "A revision that holds the retractions, for you. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}
