import { Directive, Field, Int, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";
import { Node } from "../../federation/node";

/** A node of a domain's tree. */
@Entity()
@Directive('@key(fields: "id")')
@Directive('@key(fields: "domain { slug } identifier")')
@ObjectType({
  implements: Node,
  description: "A node of a domain's tree. A leaf is what a model is run on; a parent averages its children.",
})
export class Benchmark extends Fact implements Node {
  @Column({ type: "integer" })
  domainPk!: number;

  @Directive("@shareable")
  @Field({ description: "Name, unique in the domain, such as `MajajHong2015.IT-pls`." })
  @Column({ type: "text" })
  identifier!: string;

  /** Null for a root. */
  @Column({ type: "integer", nullable: true })
  parentPk!: number | null;

  /** Place among its siblings; equal places are ordered by identifier (§3). */
  @Column({ type: "integer", default: 0 })
  order!: number;

  @Directive("@shareable")
  @Field({
    description: "Whether listings show it. An invisible parent still averages; its visible descendants stand in its place in listings.",
  })
  @Column({ type: "boolean", default: true })
  isVisible!: boolean;

  /** The column is of roots only; as an answer it is the root's. */
  @Field({ description: "Whether raw scores count here, unclamped, instead of ceiled ones. Said of a root, it holds for all below." })
  @Column({ type: "boolean", default: false })
  isRaw!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: "Decimals, 0 to 9, that values are rounded to before ranks compare them. Null: they are compared exactly.",
  })
  @Column({ type: "smallint", nullable: true, default: 3 })
  rankDecimals!: number | null;

  /** Place among the roots of the domain, 0 for the global root; null below a root. */
  @Column({ type: "integer", nullable: true })
  rootPosition!: number | null;

  @Column({ type: "integer", nullable: true })
  referencePk!: number | null;

  // What follows is no column: it comes from the benchmark's place in the tree.

  @Directive("@shareable")
  @Field({ description: "The name that lists show: the identifier without a lab's name before its first dot." })
  shortName!: string;

  @Directive("@shareable")
  @Field(() => Int, { description: "How many visible benchmarks stand above it." })
  depth!: number;

  @Directive("@shareable")
  @Field({ description: "Whether models are run on it. A benchmark that is no leaf averages its children." })
  isLeaf!: boolean;

  @Directive("@shareable")
  @Field(() => Int, { description: "The leaves that count at or below it: visible ones with a version. 1 for a leaf that counts." })
  leafCount!: number;

  /** Place in the tree: the number of its node. */
  node!: number;
}
