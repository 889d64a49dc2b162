import { Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { ForwardPageArguments } from "../../federation/page-arguments";
import { Account } from "./account";
import { Contributor } from "./contributor";
import { listSubmissions } from "./list-submissions";
import { contributorOf, submissionSize } from "./loaders";
import { Submission } from "./submission";
import { submissionRevision } from "./submission-revision";

const SubmissionConnection = connectionType("Submission", () => Submission, "submissions");

@Resolver(() => Submission)
export class SubmissionFields {
  @FieldResolver(() => Contributor, {
    nullable: true,
    description: "The account that handed it in, by its public name; null if it shows no model.",
  })
  contributor(@Root() submission: Submission, @Ctx() context: Context): Promise<Contributor | null> {
    return contributorOf(context, submission);
  }

  @FieldResolver(() => Int, { description: "How many measured results came with it." })
  scoreCount(@Root() submission: Submission, @Ctx() context: Context): Promise<number> {
    return submissionSize(context, submission);
  }

  @FieldResolver(() => String, {
    description:
      "The revision that it was written at, by the rule of `extensions.revision`: admins are told how many facts there are, others how many " +
      "everybody may see. Scores of a model that is not public do not move the latter.",
  })
  revision(@Root() submission: Submission, @Ctx() context: Context): Promise<string> {
    return submissionRevision(context, submission);
  }
}

@Resolver(() => Account)
export class AccountFields {
  @FieldResolver(() => SubmissionConnection, { description: "What the account handed in, the newest first." })
  submissions(
    @Args(() => ForwardPageArguments) page: ForwardPageArguments,
    @Root() account: Account,
    @Ctx() context: Context,
  ): Promise<Connection<Submission>> {
    return listSubmissions(context, account, page);
  }
}
