import { Field, Float, ID, InputType, Int } from "type-graphql";
import { DateTime, Url } from "../../federation/scalars";

@InputType({ description: "The layer of a model that stands for a region of the brain." })
export class LayerCommitmentInput {
  @Field(() => String, { description: "The region, such as `V4`; each once in a list." })
  region!: string;

  @Field(() => String, { description: "The layer, as the model names it." })
  layer!: string;
}

@InputType({
  description: "What is known of a model as a piece of software. In an update, what is absent is left as it is, and null clears it.",
})
export class ModelMetadataInput {
  @Field(() => String, { nullable: true, description: "Kind of network, such as `convolutional`." })
  architecture?: string | null;

  @Field(() => String, { nullable: true, description: "Family of models, such as `resnet`." })
  family?: string | null;

  @Field(() => Float, { nullable: true, description: "Number of parameters, 0 or more." })
  parameterCount?: number | null;

  @Field(() => Float, { nullable: true, description: "Number of parameters that training changes, 0 or more." })
  trainableParameterCount?: number | null;

  @Field(() => Int, { nullable: true, description: "Number of layers, 0 or more." })
  layerCount?: number | null;

  @Field(() => Int, { nullable: true, description: "Number of layers that training changes, 0 or more." })
  trainableLayerCount?: number | null;

  @Field(() => Float, { nullable: true, description: "Size of the model's weights in megabytes, 0 or more." })
  sizeMegabytes?: number | null;

  @Field(() => String, { nullable: true, description: "What it was trained on, such as `ImageNet-1k`." })
  trainingDataset?: string | null;

  @Field(() => String, { nullable: true, description: "The task that it is specialized in." })
  taskSpecialization?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it can be run today." })
  isRunnable?: boolean | null;

  @Field(() => Url, { nullable: true, description: "Where its source code is." })
  sourceUrl?: string | null;

  @Field(() => Url, { nullable: true, description: "Its page on Hugging Face." })
  huggingFaceUrl?: string | null;

  @Field(() => String, { nullable: true, description: "Remarks." })
  notes?: string | null;
}

/** What registering and changing a model have in common. Undefined is absent. */
@InputType()
export class ModelDetailsInput {
  @Field(() => String, { nullable: true, description: "Key of a reference that you see: the work that describes the model." })
  reference?: string | null;

  @Field(() => String, { nullable: true, description: "Competition that it takes part in, such as `cosyne2022`." })
  competition?: string | null;

  @Field(() => String, { nullable: true, description: "Group that you count it to." })
  group?: string | null;

  @Field(() => Int, { nullable: true, description: "Width of its visual field in degrees of visual angle, 0 or more." })
  visualDegrees?: number | null;

  @Field(() => [LayerCommitmentInput], {
    nullable: true,
    description: "Which layer stands for which region: the whole list, at most 1,000.",
  })
  layers?: LayerCommitmentInput[] | null;

  @Field(() => ModelMetadataInput, { nullable: true, description: "What is known of it as a piece of software." })
  metadata?: ModelMetadataInput | null;
}

@InputType({ description: "A model to register." })
export class RegisterModelInput extends ModelDetailsInput {
  @Field(() => String, { description: "The domain's slug." })
  domain!: string;

  @Field(() => String, {
    description:
      "Its name, 1 to 200 characters without control characters, quotes, backslash or edge spaces. It is unique among the public models of " +
      "the domain and among those of one account, and never changes.",
  })
  name!: string;

  @Field(() => Boolean, { defaultValue: false, description: "Whether everybody sees it. One that is not public only you and admins see." })
  isPublic!: boolean;

  @Field(() => ID, {
    nullable: true,
    description: "The contributor who owns it, by id; an account's id is taken too. For admins. Default: you.",
  })
  owner?: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was submitted. For admins. Default: now." })
  submittedAt?: Date | null;
}

@InputType({ description: "Changes to a model. What is absent is left as it is, null clears it. The name of a model never changes." })
export class UpdateModelInput extends ModelDetailsInput {
  @Field(() => ID, { description: "The model." })
  model!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether everybody sees it. One that is in a release stays public. Null is refused.",
  })
  isPublic?: boolean | null;

  @Field(() => ID, { nullable: true, description: "The contributor who is to own it, by id; an account's id is taken too. For admins." })
  owner?: string | null;
}
