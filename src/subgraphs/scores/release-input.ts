import { Field, InputType } from "type-graphql";

@InputType({ description: "A release to make." })
export class CreateReleaseInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, { description: "Its name, unique in the domain: 1 to 200 characters without control characters or edge spaces." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What is to be said of it." })
  notes?: string | null;
}
