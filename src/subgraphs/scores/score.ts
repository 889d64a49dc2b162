import { createHash } from "node:crypto";
import { Arg, Ctx, Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { DomainBoard } from "../../board/domain-board";
import type { Context } from "../../federation/context";
import { limitNumber } from "../../federation/limit-list";
import type { State } from "../../scoring/column";
import { display } from "../../scoring/display";
import type { Basis } from "./basis";
import { ScoreState } from "./enums";
import { Benchmark, benchmarkOf, BenchmarkVersion, Model, modelOf, versionOf } from "./foreign";
import { observationByPk, observationsOfCell } from "./loaders";
import { Observation } from "./observation";
import { Statistics } from "./statistics";

@ObjectType({
  description:
    "The ranks that a model could have, given the errors. It compares each model's own interval; it is not a confidence interval of the rank.",
})
export class RankInterval {
  @Field(() => Int, { description: "The best rank: 1 + the models whose interval lies wholly above." })
  best!: number;

  @Field(() => Int, { description: "The worst rank: 1 + the models whose interval does not lie wholly below." })
  worst!: number;
}

@ObjectType({ description: "How much of the tree below a benchmark is scored." })
export class Coverage {
  @Field(() => Int, { description: "Counting leaves at or below the benchmark with a value." })
  scored!: number;

  @Field(() => Int, { description: "All counting leaves at or below the benchmark." })
  leaves!: number;
}

@ObjectType({ description: "A leaf and what it adds to a value." })
export class Contribution {
  @Field(() => Benchmark, { description: "The leaf." })
  benchmark!: Benchmark;

  @Field(() => Float, { description: "What it adds: its value times its share of the whole." })
  value!: number;
}

/** Contributions that an answer holds at most. */
export const CONTRIBUTIONS_AT_MOST = 1_000;

/** The first of what leaves add, with the leaves; by default 20. */
export const contributionsOf = (
  { catalog }: DomainBoard,
  contributions: readonly { node: number; value: number }[],
  first: number | null,
): Contribution[] => contributions.slice(0, first ?? 20).map(({ node, value }) => ({ benchmark: benchmarkOf(catalog, node), value }));

@ObjectType({
  description:
    "One cell: what is known of one model on one benchmark. Its parent, children, rank and statistics are under the same conditions.",
})
export class Score {
  constructor(
    readonly basis: Basis,
    readonly node: number,
    readonly slot: number,
  ) {}

  @Field(() => ID, { description: "A key for caches: equal for the same model, benchmark and conditions. Not for `node(id:)`." })
  get id(): string {
    const { board, conditionsKey } = this.basis;
    const cell = `score_${board.models[this.slot].id}_${board.catalog.benchmarks[this.node].id}`;
    return conditionsKey === "" ? cell : `${cell}_${createHash("sha256").update(conditionsKey).digest("base64url").slice(0, 22)}`;
  }

  @Field(() => Model, { description: "The model." })
  get model(): Model {
    return modelOf(this.basis.board, this.slot);
  }

  @Field(() => Benchmark, { description: "The benchmark." })
  get benchmark(): Benchmark {
    return benchmarkOf(this.basis.board.catalog, this.node);
  }

  @Field(() => BenchmarkVersion, { nullable: true, description: "The version of the leaf that counts; null on a parent." })
  get version(): BenchmarkVersion | null {
    const version = this.basis.version(this.node);
    return version && versionOf(version);
  }

  @Field(() => ScoreState, { description: "Whether there is a value." })
  get state(): State {
    return this.basis.findings.state(this.node, this.slot);
  }

  @Field(() => Float, { nullable: true, description: "The value, unrounded: 0 to 1, unless raw scores count. Null unless SCORED." })
  get value(): number | null {
    return this.basis.findings.value(this.node, this.slot);
  }

  @Field(() => String, { description: "The value as people read it: `.095`, `1.0`, `X` for FAILED, empty for NOT_RUN." })
  get display(): string {
    return display(this.state, this.value);
  }

  @Field(() => Float, { nullable: true, description: "The standard error of the value; null if unknown." })
  get error(): number | null {
    return this.basis.findings.error(this.node, this.slot);
  }

  @Field(() => Int, {
    nullable: true,
    description:
      "1 + the number of models of the population with a higher value, after rounding to the benchmark's rankDecimals. Null unless SCORED.",
  })
  get rank(): number | null {
    return this.basis.findings.ranking(this.node).rank(this.slot);
  }

  @Field(() => RankInterval, {
    nullable: true,
    description: "The ranks that the model could have, given everybody's errors. Null unless SCORED.",
  })
  rankInterval(
    @Arg("confidence", () => Float, {
      defaultValue: 0.95,
      nullable: true,
      description: "Of each model's own interval, above 0 and below 1.",
    })
    confidence: number | null,
  ): RankInterval | null {
    return this.basis.findings.ranking(this.node).interval(this.slot, confidence ?? undefined);
  }

  @Field(() => Int, { nullable: true, description: "How many other models of the population hold the same rank. Null unless SCORED." })
  get tiedWith(): number | null {
    return this.basis.findings.ranking(this.node).tiedWith(this.slot);
  }

  @Field(() => Float, {
    nullable: true,
    description:
      "The share, 0 to 1, of the other scored models of the population that rank strictly worse. Null unless SCORED, or if there is no other.",
  })
  get percentile(): number | null {
    return this.basis.findings.ranking(this.node).percentile(this.slot);
  }

  @Field(() => Coverage, { description: "How many of the leaves below are scored." })
  get coverage(): Coverage {
    return this.basis.findings.coverage(this.node, this.slot);
  }

  @Field(() => [Contribution], {
    description: "Which leaves make the value, largest in size first. All of them sum to the value. Empty unless SCORED.",
  })
  contributions(
    @Arg("first", () => Int, { defaultValue: 20, nullable: true, description: "How many, at most 1000." }) first: number | null,
  ): Contribution[] {
    limitNumber("first", first, { most: CONTRIBUTIONS_AT_MOST });
    const { findings, board } = this.basis;
    return contributionsOf(board, findings.contributions(this.node, this.slot), first);
  }

  @Field(() => Observation, {
    nullable: true,
    description: "The measured result that the cell of a leaf comes from, failed ones included. Null on a parent.",
  })
  observation(@Ctx() context: Context): Promise<Observation | null> | null {
    const { findings, board } = this.basis;
    const winner = findings.winner(this.node, this.slot);
    return winner < 0 ? null : observationByPk(context, { pk: board.observations.pk[winner], revision: this.basis.revision });
  }

  @Field(() => [Observation], {
    description: "Every measured result of the model on this leaf: all versions, retracted ones included, oldest first. Empty on a parent.",
  })
  history(@Ctx() context: Context): Promise<Observation[]> | Observation[] {
    const { board } = this.basis;
    if (!board.catalog.tree.isLeaf[this.node]) return [];
    return observationsOfCell(context, {
      modelPk: board.models[this.slot].pk,
      versionPks: board.catalog.versions[this.node].map(({ pk }) => pk),
      revision: this.basis.revision,
    });
  }

  @Field(() => Statistics, { description: "The statistics of this benchmark over the population." })
  get statistics(): Statistics {
    return this.basis.statistics(this.node);
  }

  @Field(() => Score, { nullable: true, description: "The cell of the nearest visible benchmark above; null at the top." })
  get parent(): Score | null {
    const parent = this.basis.board.catalog.tree.visibleParent[this.node];
    return parent < 0 ? null : new Score(this.basis, parent, this.slot);
  }

  @Field(() => [Score], { description: "The cells of the benchmarks directly below that are in the tree, in tree order." })
  get children(): Score[] {
    return this.basis.findings.scope.listed(this.node).map((child) => new Score(this.basis, child, this.slot));
  }
}

/** The cell of a node and a slot, −1 being a model that is not there; null for that and outside the tree. */
export const cellOf = (basis: Basis, node: number, slot: number): Score | null =>
  slot >= 0 && basis.findings.has(node) ? new Score(basis, node, slot) : null;
