import { Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { Account } from "./account";

@Resolver()
export class SubmissionsQueries {
  @Query(() => Account, { nullable: true, description: "Your own account; null if you ask without one." })
  async viewer(@Ctx() context: Context): Promise<Account | null> {
    if (context.viewer === null) return null;
    const [account] = await context.find(Account, "WHERE pk = $1", [context.viewer.accountPk]);
    return account ?? null;
  }
}
