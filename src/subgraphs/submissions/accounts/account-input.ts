import { Field, InputType } from "type-graphql";
import { AccountRole } from "../account";

@InputType({ description: "An account that is to be made." })
export class CreateAccountInput {
  @Field(() => String, {
    description:
      "Its name in data set folders, and the one that tokens of an identity provider name it by: 1 to 200 characters without quotes or " +
      "backslash, unique, no e-mail address. It is kept for life.",
  })
  key!: string;

  @Field(() => String, {
    nullable: true,
    description: "Name for people, which everybody reads at its public models: 1 to 200 characters, no e-mail address. Absent: the key.",
  })
  displayName?: string | null;

  @Field(() => AccountRole, { defaultValue: AccountRole.MEMBER, description: "What it may do." })
  role!: AccountRole;
}
