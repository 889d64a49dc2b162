import { Column, Entity, PrimaryColumn } from "typeorm";

/** The views of `makeViews`, as TypeORM sees them. */
@Entity({ schema: "peers", name: "model" })
export class Model {
  @PrimaryColumn("integer") pk!: number;
  @Column("text") name!: string;
  @Column("text", { nullable: true }) architecture!: string | null;
  @Column("float8", { nullable: true }) parameterCount!: number | null;
}

@Entity({ schema: "peers", name: "reference" })
export class Reference {
  @PrimaryColumn("integer") pk!: number;
  @Column("text") key!: string;
  @Column("text", { nullable: true }) title!: string | null;
  @Column("integer", { nullable: true }) year!: number | null;
  @Column("text", { nullable: true }) doi!: string | null;
  @Column("text", { nullable: true }) url!: string | null;
}

@Entity({ schema: "peers", name: "benchmark" })
export class Benchmark {
  @PrimaryColumn("integer") pk!: number;
  @Column("text") identifier!: string;
  @Column("integer", { nullable: true }) parentPk!: number | null;
  @Column("integer", { nullable: true }) referencePk!: number | null;
  @Column("integer") position!: number;
}

@Entity({ schema: "peers", name: "score" })
export class Score {
  @PrimaryColumn("integer") modelPk!: number;
  @PrimaryColumn("integer") benchmarkPk!: number;
  @Column("text") state!: string;
  @Column("float8", { nullable: true }) value!: number | null;
  @Column("integer", { nullable: true }) rank!: number | null;
  @Column("integer", { nullable: true }) place!: number | null;
}

@Entity({ schema: "peers", name: "statistics" })
export class Statistics {
  @PrimaryColumn("integer") benchmarkPk!: number;
  @Column("integer") count!: number;
  @Column("float8", { nullable: true }) min!: number | null;
  @Column("float8", { nullable: true }) max!: number | null;
  @Column("float8", { nullable: true }) mean!: number | null;
  @Column("float8", { nullable: true }) median!: number | null;
}
