import { Directive, Field, Int, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";
import { Node } from "../../federation/node";
import { DateTime } from "../../federation/scalars";
import { ModelMetadata } from "./model-metadata";

/** A layer of the model that stands for a brain region, as stored. */
export interface StoredLayer {
  readonly region: string;
  readonly layer: string;
}

/** What is scored. */
@Entity()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "domain { slug } name")')
@ObjectType({ implements: Node, description: "What is scored: a model of the brain or of behaviour." })
export class Model extends Fact implements Node {
  @Column({ type: "integer" })
  domainPk!: number;

  @Directive("@shareable")
  @Field({ description: "Name, unique among the public models of the domain and among one account's. It never changes." })
  @Column({ type: "text" })
  name!: string;

  @Directive("@shareable")
  @Field({ description: "Whether everybody sees it. One that is not public is seen by its owner and admins only." })
  @Column({ type: "boolean" })
  isPublic!: boolean;

  /** Account of the contributor; null if unknown. */
  @Column({ type: "integer", nullable: true })
  ownerPk!: number | null;

  @Field(() => DateTime, { nullable: true, description: "When it was submitted. Null if unknown." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  submittedAt!: Date | null;

  @Column({ type: "integer", nullable: true })
  referencePk!: number | null;

  @Field(() => String, { nullable: true, description: "Competition that it took part in, such as `cosyne2022`. Null if none." })
  @Column({ type: "text", nullable: true })
  competition!: string | null;

  @Field(() => String, { nullable: true, description: "Group that it is counted to by its contributor. Null if none." })
  @Column({ type: "text", nullable: true })
  group!: string | null;

  @Field(() => Int, { nullable: true, description: "Width of its visual field in degrees of visual angle. Null if unknown or none." })
  @Column({ type: "integer", nullable: true })
  visualDegrees!: number | null;

  /** In the order given. */
  @Column({ type: "jsonb", default: [] })
  layers!: StoredLayer[];

  @Field(() => ModelMetadata, { description: "What is known of it as a piece of software." })
  @Column(() => ModelMetadata, { prefix: false })
  metadata!: ModelMetadata;

  // What follows are no columns: keys of what the row points at, read with it.

  domainId!: string;
  domainSlug!: string;
  /** Outward id of the owner as a contributor; null if unknown. */
  contributorId!: string | null;
}
