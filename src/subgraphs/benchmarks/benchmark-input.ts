import { Field, InputType, Int } from "type-graphql";
import { BenchmarkVersionInput } from "./version-input";

@InputType({ description: "A benchmark to register." })
export class RegisterBenchmarkInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, {
    description:
      "Its name, unique in the domain: 1 to 200 characters without control characters, quotes, backslash or edge spaces. It never changes.",
  })
  identifier!: string;

  @Field(() => String, {
    nullable: true,
    description: "Identifier of the benchmark that averages it: one without versions. Without it the new one is a root, after the others.",
  })
  parent?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 0, description: "Place among its siblings; equal places are ordered by identifier." })
  order?: number | null;

  @Field(() => Boolean, { nullable: true, defaultValue: true, description: "Whether listings show it." })
  isVisible?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: "Of a root: whether raw scores count in its tree, unclamped, instead of ceiled ones. It never changes.",
  })
  isRaw?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 3,
    description: "Decimals, 0 to 9, that values are rounded to before ranks compare them. Null: they are compared exactly.",
  })
  rankDecimals?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Key of a reference that you see: the work that it comes from. From then on everybody sees it.",
  })
  reference?: string | null;

  @Field(() => BenchmarkVersionInput, { nullable: true, description: "Its first version, if models are run on it." })
  version?: BenchmarkVersionInput | null;
}

@InputType({ description: "Changes to a benchmark. What is absent is left as it is, null clears it." })
export class UpdateBenchmarkInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, { description: "The benchmark's identifier, which never changes." })
  identifier!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Identifier of the benchmark that is to average it, with all below it: one without versions, and none below itself. Null makes it a " +
      "root, after the others, where scores count as they did. The global root stays where it is.",
  })
  parent?: string | null;

  @Field(() => Int, { nullable: true, description: "Place among its siblings. Null is refused." })
  order?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether listings show it. Null is refused." })
  isVisible?: boolean | null;

  @Field(() => Int, { nullable: true, description: "Decimals, 0 to 9, that ranks compare after rounding to. Null: exactly." })
  rankDecimals?: number | null;

  @Field(() => String, { nullable: true, description: "Key of a reference that you see: the work that it comes from." })
  reference?: string | null;
}

@InputType({ description: "Whether listings show a benchmark." })
export class SetBenchmarkVisibilityInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, { description: "The benchmark's identifier." })
  benchmark!: string;

  @Field(() => Boolean, { description: "Whether listings show it. An invisible one still averages, and is still found by its name." })
  isVisible!: boolean;
}
