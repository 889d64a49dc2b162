import { Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { type Connection, connectionType } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { ForwardPageArguments } from "../../federation/page-arguments";
import { paginate } from "../../federation/paginate";
import { Account } from "./account";
import { Contributor } from "./contributor";
import { contributorOf, submissionSize } from "./loaders";
import { Submission } from "./submission";

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
}

@Resolver(() => Account)
export class AccountFields {
  @FieldResolver(() => SubmissionConnection, { description: "What the account handed in, the newest first." })
  async submissions(
    @Args(() => ForwardPageArguments) page: ForwardPageArguments,
    @Root() { pk, id }: Account,
    @Ctx() context: Context,
  ): Promise<Connection<Submission>> {
    const rows = await context.find(Submission, "WHERE account_pk = $1 ORDER BY submitted_at DESC, pk DESC", [pk]);
    return paginate(context, { list: ["Account.submissions", id], rows, keyOf: (submission) => [submission.id] }, page);
  }
}
