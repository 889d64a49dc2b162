import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import type { ReleaseFacts } from "../../board/facts";
import { Fact } from "../../database/fact";
import { Node } from "../../federation/node";
import { DateTime } from "../../federation/scalars";

/** A name for the facts of a domain at one revision (§9). */
@Entity()
@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: "A name for the public facts of a domain as they stood when it was made. It never changes." })
export class Release extends Fact implements Node {
  @Column({ type: "integer" })
  domainPk!: number;

  @Field({ description: "Name, unique in the domain." })
  @Column({ type: "text" })
  name!: string;

  /** The last revision that it covers. */
  @Column({ type: "bigint" })
  atRevision!: number;

  /** The same as outsiders may know it. */
  @Column({ type: "bigint" })
  atPublicRevision!: number;

  @Field(() => DateTime, { description: "When it was made." })
  @Column({ type: "timestamptz", precision: 3 })
  createdAt!: Date;

  @Field(() => String, { nullable: true, description: "What is to be said of it. Null if nothing was." })
  @Column({ type: "text", nullable: true })
  notes!: string | null;

  @Field({
    description: "Of the public facts that it covers: `sha256:` and 64 hexadecimal digits. `scoretree release verify` computes it anew.",
  })
  @Column({ type: "text" })
  checksum!: string;
}

/** A release of a domain, as the board knows it. */
export const releaseFrom = (domainPk: number, facts: ReleaseFacts): Release => Object.assign(new Release(), facts, { domainPk });
