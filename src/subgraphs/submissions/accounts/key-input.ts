import { Field, ID, InputType } from "type-graphql";
import { DateTime } from "../../../federation/scalars";

@InputType({ description: "A key that is to be made. An account has at most 100 that are good." })
export class CreateApiKeyInput {
  @Field(() => String, { description: "What it is for: 1 to 200 characters. Several keys may have one name." })
  name!: string;

  @Field(() => DateTime, { nullable: true, description: "From when on it is good no longer, in the future. Absent: it does not expire." })
  expiresAt?: Date | null;

  @Field(() => ID, { nullable: true, description: "Whose key it is to be, by the account's id: admins only. Absent: your own." })
  account?: string | null;
}

@InputType({ description: "A key that is to be good no longer." })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "The key's id. One that was revoked already is left as it is." })
  apiKey!: string;
}
