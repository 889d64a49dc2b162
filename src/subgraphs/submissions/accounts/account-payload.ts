import { Field, ObjectType } from "type-graphql";
import { UserError } from "../../../federation/user-error";
import { Account } from "../account";

@ObjectType({ description: "What became of the creation of an account." })
export class CreateAccountPayload {
  @Field(() => Account, { nullable: true, description: "The new account, without a key yet. Null if the input was refused." })
  account: Account | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}
