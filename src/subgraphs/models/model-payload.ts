import { Field, ObjectType } from "type-graphql";
import { UserError } from "../../federation/user-error";
import { Model } from "./model";

@ObjectType({ description: "What became of the registration of a model." })
export class RegisterModelPayload {
  @Field(() => Model, { nullable: true, description: "The new model. Null if the input was refused." })
  model: Model | null = null;

  @Field(() => String, { nullable: true, description: "The revision that holds it, for you. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}

@ObjectType({ description: "What became of the changes to a model." })
export class UpdateModelPayload {
  @Field(() => Model, { nullable: true, description: "The model as it is now. Null if the input was refused." })
  model: Model | null = null;

  @Field(() => String, { nullable: true, description: "The revision that holds the changes, for you. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}
