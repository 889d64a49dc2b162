import { Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { Account } from "./account";

@Resolver()
export class SubmissionsQueries {
  @Query(() => Account, { nullable: true, description: "Your own account; null if you ask without one." })
  viewer(@Ctx() { viewer, dataSource }: Context): Promise<Account | null> | null {
    return viewer && dataSource.getRepository(Account).findOneBy({ pk: viewer.accountPk });
  }
}
