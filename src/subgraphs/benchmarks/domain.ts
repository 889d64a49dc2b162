import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";
import { Node } from "../../federation/node";

/** One world of benchmarks and models, with its own tree. */
@Entity()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType({ implements: Node, description: "One world of benchmarks and models, such as vision or language, with its own tree." })
export class Domain extends Fact implements Node {
  @Field({ description: "Short name in addresses and arguments, such as `vision`." })
  @Column({ type: "text", unique: true })
  slug!: string;

  @Field({ description: "Name for people." })
  @Column({ type: "text" })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "How to use a model of this domain, as a snippet in which `{name}` stands for the model's name. Null if the domain has none.",
  })
  @Column({ type: "text", nullable: true })
  usage!: string | null;

  @Field(() => String, { nullable: true, description: "License of the data, as an SPDX identifier or in words. Null if unknown." })
  @Column({ type: "text", nullable: true })
  license!: string | null;

  /** Name of the data set that the domain was read from; null if none. */
  @Column({ type: "text", nullable: true })
  datasetName!: string | null;

  /** What the data set says about itself. */
  @Column({ type: "text", nullable: true })
  notes!: string | null;

  /** Keys of the references that the domain itself asks to cite, in order. */
  @Column({ type: "text", array: true, default: [] })
  referenceKeys!: string[];
}
