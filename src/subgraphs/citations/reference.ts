import { Directive, Field, Int, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";
import { Node } from "../../federation/node";
import { Url } from "../../federation/scalars";
import type { CslItem } from "./csl";

/** A work that can be cited. */
@Entity()
@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: "A work that can be cited." })
export class Reference extends Fact implements Node {
  @Column({ type: "integer" })
  domainPk!: number;

  /** Account that registered it; null for an imported one. */
  @Column({ type: "integer", nullable: true })
  registrantPk!: number | null;

  @Field({
    description: "Key of its BibTeX entry, unique among the references that everybody sees and among those that one account registered.",
  })
  @Column({ type: "text" })
  key!: string;

  /** Place among the references of the domain; unique in it. */
  @Column({ type: "integer" })
  position!: number;

  /** The entry as it was given. */
  @Column({ type: "text" })
  bibtex!: string;

  /** The entry as one CSL-JSON object. */
  @Column({ type: "jsonb" })
  csl!: CslItem;

  /** Names the work itself: equal for two references of one work (the same DOI, or the same text). */
  @Column({ type: "text" })
  work!: string;

  @Field(() => String, { nullable: true, description: "Title. Null if unknown." })
  @Column({ type: "text", nullable: true })
  title!: string | null;

  @Field(() => [String], { description: "Authors in order, as `Family, Given`. Empty if unknown." })
  @Column({ type: "text", array: true, default: [] })
  authors!: string[];

  @Field(() => Int, { nullable: true, description: "Year of publication. Null if unknown." })
  @Column({ type: "integer", nullable: true })
  year!: number | null;

  @Field(() => Url, { nullable: true, description: "Where it can be read. Null if unknown." })
  @Column({ type: "text", nullable: true })
  url!: string | null;

  @Field(() => String, { nullable: true, description: "DOI in lower case, without resolver. Null if unknown or none." })
  @Column({ type: "text", nullable: true })
  doi!: string | null;
}
