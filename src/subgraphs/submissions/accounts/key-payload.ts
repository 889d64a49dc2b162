import { Field, ObjectType } from "type-graphql";
import { UserError } from "../../../federation/user-error";
import { ApiKey } from "./api-key";

@ObjectType({ description: "What became of the creation of a key." })
export class CreateApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: "The new key. Null if the input was refused." })
  apiKey: ApiKey | null = null;

  @Field(() => String, {
    nullable: true,
    description: "What programs send as `Authorization: Bearer <secret>`. It is told now and never again. Null if the input was refused.",
  })
  secret: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}

@ObjectType({ description: "What became of the revocation of a key." })
export class RevokeApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: "The key as it is now. Null if the input was refused." })
  apiKey: ApiKey | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}
