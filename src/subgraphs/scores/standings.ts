import { Arg, Args, Ctx, Field, Int, ObjectType } from "type-graphql";
import type { Connection } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { PageArguments } from "../../federation/page-arguments";
import { type MaybePromise } from "../../federation/promised";
import { DateTime } from "../../federation/scalars";
import { compareCodePoints } from "../../scoring/compare-code-points";
import type { Basis } from "./basis";
import type { Conditions } from "./conditions";
import { Domain, domainOf, Reference, referenceOf } from "./foreign";
import { LeaderboardConnection, leaderboardPage, type LeaderboardRow } from "./leaderboard";
import { matchModel } from "./match-model";
import { ModelFilter } from "./model-filter";
import { Release, releaseFrom } from "./release";
import { cellOf, Score } from "./score";
import { ScoreMatrix } from "./score-matrix";
import { StandingsNode } from "./standings-node";
import { Statistics } from "./statistics";

@ObjectType({ description: "The whole tree with values and ranks for every model, all computed from the facts of one revision." })
export class Standings {
  constructor(
    readonly basis: Basis,
    private readonly under: Conditions | null,
  ) {}

  @Field(() => Domain, { description: "The domain." })
  get domain(): Domain {
    return domainOf(this.basis.board.catalog);
  }

  @Field(() => String, { description: "The revision of the facts that everything here is computed from." })
  get revision(): string {
    return this.basis.view.revision;
  }

  @Field(() => DateTime, { nullable: true, description: "The instant that the conditions name; null if they name none." })
  get asOf(): Date | null {
    return this.basis.asOf;
  }

  @Field(() => Release, { nullable: true, description: "The release that the conditions name; null if they name none." })
  get release(): Release | null {
    return this.basis.release && releaseFrom(this.basis.board.catalog.domain.pk, this.basis.release);
  }

  @Field(() => Int, { description: "The number of models that ranks and statistics are counted in." })
  get populationSize(): number {
    return this.basis.findings.populationSize;
  }

  @Field(() => [StandingsNode], { description: "The visible benchmarks that count, in tree order." })
  tree(
    @Arg("maxDepth", () => Int, { nullable: true, description: "Leaves out what stands deeper; 0 shows the roots only." })
    maxDepth: number | null,
  ): StandingsNode[] {
    return this.basis.listed(maxDepth).map((node) => new StandingsNode(this.basis, node));
  }

  @Field(() => ScoreMatrix, { description: "Every cell of the population at once, for plots and notebooks." })
  matrix(
    @Arg("leavesOnly", () => Boolean, { defaultValue: false, nullable: true, description: "Leaves out the parents." })
    leavesOnly: boolean | null,
    @Arg("benchmarks", () => [String], {
      nullable: true,
      description: "Only these columns, in this order; what is outside the tree is left out.",
    })
    benchmarks: string[] | null,
    @Arg("models", () => ModelFilter, { nullable: true, description: "Only these rows. Ranks are not counted anew." })
    models: ModelFilter | null,
  ): ScoreMatrix {
    const { findings, board } = this.basis;
    const asked = benchmarks?.map((identifier) => this.basis.node(identifier)).filter((node) => findings.has(node));
    const nodes = (asked ?? this.basis.listed()).filter((node) => !leavesOnly || board.catalog.tree.isLeaf[node]);
    const matches = matchModel(models ?? {}, findings);
    const slots = [...board.models.keys()]
      .filter((slot) => findings.population[slot] && matches(board.models[slot], slot))
      .sort((a, b) => compareCodePoints(board.models[a].name, board.models[b].name));
    return new ScoreMatrix(this.basis, slots, nodes);
  }

  @Field(() => [Reference], { description: "The works that the benchmarks of the tree come from, in tree order, each once." })
  get citedReferences(): Reference[] {
    return this.basis.board.catalog.citedBy(this.basis.listed()).map(referenceOf);
  }

  @Field(() => LeaderboardConnection, {
    description:
      "The population by rank on one benchmark; then the models that failed there, by name. Models that were never run there are left out.",
  })
  leaderboard(
    @Arg("benchmark", () => String, { nullable: true, description: "The benchmark that orders. Default: the global root." })
    benchmark: string | null,
    @Arg("where", () => ModelFilter, { nullable: true, description: "Shows only these models. Ranks are not counted anew." })
    where: ModelFilter | null,
    @Arg("around", () => String, { nullable: true, description: "A model's name: the page that holds it. Goes with `first` only." })
    around: string | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: Context,
  ): MaybePromise<Connection<LeaderboardRow>> {
    const domain = this.basis.board.catalog.domain.slug;
    return leaderboardPage({ context, domain, benchmark, under: this.under, where, around, page });
  }

  @Field(() => Score, { nullable: true, description: "One cell. Null for a model that is not known and for a benchmark outside the tree." })
  score(
    @Arg("model", () => String, { description: "The model's name." }) model: string,
    @Arg("benchmark", () => String, { description: "The benchmark's identifier." }) benchmark: string,
  ): Score | null {
    return cellOf(this.basis, this.basis.node(benchmark), this.basis.slotOfName(model));
  }

  @Field(() => Statistics, {
    description: "The statistics of one benchmark over the population; all counts are 0 for one outside the tree.",
  })
  statistics(@Arg("benchmark", () => String, { description: "The benchmark's identifier." }) benchmark: string): Statistics {
    return this.basis.statistics(this.basis.node(benchmark));
  }
}
