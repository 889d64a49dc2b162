import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../../../federation/context";
import { Account } from "../account";
import { ApiKey } from "./api-key";
import { keysOf } from "./key-loaders";

@Resolver(() => Account)
export class AccountKeyFields {
  @FieldResolver(() => [ApiKey], {
    description: "The account's keys, the newest first, with those that are good no longer; the newest 1,000 if there are more.",
  })
  apiKeys(@Root() account: Account, @Ctx() context: Context): Promise<ApiKey[]> {
    return keysOf(context, account);
  }
}
