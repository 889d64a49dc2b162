import { Column, PrimaryGeneratedColumn } from "typeorm";

/** What every fact table has (§9). */
export abstract class Fact {
  /** Internal key, used in joins; never shown. */
  @PrimaryGeneratedColumn("identity", { type: "integer", generatedIdentity: "ALWAYS" })
  pk!: number;

  /** Outward id: a keyed hash of the type and natural key as first registered, kept for life (§10). */
  @Column({ type: "text", unique: true })
  id!: string;

  /** Revision of the last change of this fact (§9). */
  @Column({ type: "bigint" })
  revision!: number;
}
