import { Column, Entity } from "typeorm";
import { Fact } from "../../database/fact";

/** A sample stimulus that a data set folder brings along, served at `/samples/<slug of the domain>/<path>`. */
@Entity()
export class SampleFile extends Fact {
  @Column({ type: "integer" })
  domainPk!: number;

  /** Path in the folder, with `/` between its parts; unique in the domain. */
  @Column({ type: "text" })
  path!: string;

  @Column({ type: "bytea" })
  content!: Buffer;

  /** Such as `image/png`. */
  @Column({ type: "text" })
  mediaType!: string;
}
