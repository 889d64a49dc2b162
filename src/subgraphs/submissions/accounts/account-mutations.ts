import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../../federation/context";
import { CreateAccountInput } from "./account-input";
import { CreateAccountPayload } from "./account-payload";
import { createAccount } from "./create-account";
import { createApiKey } from "./create-api-key";
import { CreateApiKeyInput, RevokeApiKeyInput } from "./key-input";
import { CreateApiKeyPayload, RevokeApiKeyPayload } from "./key-payload";
import { revokeApiKey } from "./revoke-api-key";

@Resolver()
export class AccountMutations {
  @Mutation(() => CreateAccountPayload, { description: "Makes an account. Admins only." })
  createAccount(
    @Arg("input", () => CreateAccountInput, { description: "The account." }) input: CreateAccountInput,
    @Ctx() context: Context,
  ): Promise<CreateAccountPayload> {
    return createAccount(context, input);
  }

  @Mutation(() => CreateApiKeyPayload, { description: "Makes a key of your account. Its secret is told in this answer only." })
  createApiKey(
    @Arg("input", () => CreateApiKeyInput, { description: "The key." }) input: CreateApiKeyInput,
    @Ctx() context: Context,
  ): Promise<CreateApiKeyPayload> {
    return createApiKey(context, input);
  }

  @Mutation(() => RevokeApiKeyPayload, {
    description: "Makes a key of your account good no longer, at once and for good. It stays in the list of keys.",
  })
  revokeApiKey(
    @Arg("input", () => RevokeApiKeyInput, { description: "The key." }) input: RevokeApiKeyInput,
    @Ctx() context: Context,
  ): Promise<RevokeApiKeyPayload> {
    return revokeApiKey(context, input);
  }
}
