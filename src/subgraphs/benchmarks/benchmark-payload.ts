import { Field, ObjectType } from "type-graphql";
import { UserError } from "../../federation/user-error";
import { Benchmark } from "./benchmark";
import { BenchmarkVersion } from "./benchmark-version";

@ObjectType({ description: "What became of the registration of a benchmark." })
export class RegisterBenchmarkPayload {
  @Field(() => Benchmark, { nullable: true, description: "The new benchmark. Null if the input was refused." })
  benchmark: Benchmark | null = null;

  @Field(() => String, { nullable: true, description: "The revision that holds it. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}

@ObjectType({ description: "What became of the changes to a benchmark." })
export class UpdateBenchmarkPayload {
  @Field(() => Benchmark, { nullable: true, description: "The benchmark as it is now. Null if the input was refused." })
  benchmark: Benchmark | null = null;

  @Field(() => String, { nullable: true, description: "The revision that holds the changes. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}

@ObjectType({ description: "What became of showing or hiding a benchmark." })
export class SetBenchmarkVisibilityPayload {
  @Field(() => Benchmark, { nullable: true, description: "The benchmark as it is now. Null if the input was refused." })
  benchmark: Benchmark | null = null;

  @Field(() => String, { nullable: true, description: "The revision that holds the change. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}

@ObjectType({ description: "What became of the registration of a version." })
export class AddBenchmarkVersionPayload {
  @Field(() => BenchmarkVersion, { nullable: true, description: "The new version. Null if the input was refused." })
  version: BenchmarkVersion | null = null;

  @Field(() => String, { nullable: true, description: "The revision that holds it. Null if the input was refused." })
  revision: string | null = null;

  @Field(() => [UserError], { description: "What is wrong with the input. Empty if all went well." })
  userErrors: UserError[] = [];
}
