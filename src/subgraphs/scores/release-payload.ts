import { Field, ObjectType } from "type-graphql";
import { UserError } from "../../federation/user-error";
import { Release } from "./release";

@ObjectType({ description: "What became of a release." })
export class CreateReleasePayload {
  @Field(() => Release, { nullable: true, description: "The new release. Null if the input was refused." })
  release: Release | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}
