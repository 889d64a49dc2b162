import { Field, ObjectType } from "type-graphql";
import { UserError } from "../../federation/user-error";
import { Reference } from "./reference";

@ObjectType({ description: "What became of the registration of a work." })
export class RegisterReferencePayload {
  @Field(() => Reference, { nullable: true, description: "The reference, new or there before. Null if the input was refused." })
  reference: Reference | null = null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is new to you: false if you saw the same work before. Null if the input was refused.",
  })
  isNew: boolean | null = null;

  @Field(() => String, { nullable: true, description: "The revision that holds it, for you. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}
