import { Field, Float, Int, ObjectType } from "type-graphql";
import { Column } from "typeorm";
import { Url } from "../../federation/scalars";

/** What is known of a model as a piece of software: columns of its own row, without prefix. Everything is null where nothing is known. */
@ObjectType({ description: "What is known of a model as a piece of software." })
export class ModelMetadata {
  @Field(() => String, { nullable: true, description: "Kind of network, such as `convolutional`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  architecture!: string | null;

  @Field(() => String, { nullable: true, description: "Family of models, such as `resnet`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  family!: string | null;

  @Field(() => Float, { nullable: true, description: "Number of parameters. Null if unknown." })
  @Column({ type: "float8", nullable: true })
  parameterCount!: number | null;

  @Field(() => Float, { nullable: true, description: "Number of parameters that training changes. Null if unknown." })
  @Column({ type: "float8", nullable: true })
  trainableParameterCount!: number | null;

  @Field(() => Int, { nullable: true, description: "Number of layers. Null if unknown." })
  @Column({ type: "integer", nullable: true })
  layerCount!: number | null;

  @Field(() => Int, { nullable: true, description: "Number of layers that training changes. Null if unknown." })
  @Column({ type: "integer", nullable: true })
  trainableLayerCount!: number | null;

  @Field(() => Float, { nullable: true, description: "Size of the model's weights in megabytes. Null if unknown." })
  @Column({ type: "float8", nullable: true })
  sizeMegabytes!: number | null;

  @Field(() => String, { nullable: true, description: "What it was trained on, such as `ImageNet-1k`. Null if unknown." })
  @Column({ type: "text", nullable: true })
  trainingDataset!: string | null;

  @Field(() => String, { nullable: true, description: "The task that it is specialized in. Null if unknown or none." })
  @Column({ type: "text", nullable: true })
  taskSpecialization!: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it can be run today. Null if unknown." })
  @Column({ type: "boolean", nullable: true })
  isRunnable!: boolean | null;

  @Field(() => Url, { nullable: true, description: "Where its source code is. Null if unknown." })
  @Column({ type: "text", nullable: true })
  sourceUrl!: string | null;

  @Field(() => Url, { nullable: true, description: "Its page on Hugging Face. Null if it has none." })
  @Column({ type: "text", nullable: true })
  huggingFaceUrl!: string | null;

  @Field(() => String, { nullable: true, description: "Remarks. Null if there are none." })
  @Column({ type: "text", nullable: true })
  notes!: string | null;
}
