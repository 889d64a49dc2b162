import { Field, InputType } from "type-graphql";

@InputType({ description: "A work to register." })
export class RegisterReferenceInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, { description: "One entry of BibTeX, at most 64 kB." })
  bibtex!: string;

  @Field(() => String, {
    nullable: true,
    description: "Takes the place of the entry's own key: 1 to 200 characters without space, comma, quotes, braces, `#`, `%`, `\\` or `=`.",
  })
  key?: string | null;
}
