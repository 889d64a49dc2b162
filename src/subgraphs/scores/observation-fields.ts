import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { invariant } from "../../errors";
import type { Context } from "../../federation/context";
import { Submission } from "./foreign";
import { submissionIdByPk } from "./loaders";
import { Observation } from "./observation";

@Resolver(() => Observation)
export class ObservationFields {
  @FieldResolver(() => Int, { description: "The number of the leaf's version that it was measured on." })
  version(@Root() { versionPk }: Observation, @Ctx() { view }: Context): number {
    const version = view.catalog.versionByPk(versionPk);
    invariant(version, "an observation that the board shows is on a version that the catalog has");
    return version.number;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What was noted about the run. Shown to the model's owner and admins only; null for others.",
  })
  comment(@Root() { comment }: Observation): string | null {
    return comment;
  }

  @FieldResolver(() => Submission, {
    nullable: true,
    description: "What it was handed in with. Shown to that account and admins only; null for others.",
  })
  async submission(@Root() { submissionPk }: Observation, @Ctx() context: Context): Promise<Submission | null> {
    if (submissionPk === null || context.viewer === null) return null;
    const id = await submissionIdByPk(context, submissionPk);
    return id === null ? null : Object.assign(new Submission(), { id });
  }
}
