import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { notFound } from "../../errors";
import type { Connection } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { PageArguments } from "../../federation/page-arguments";
import { after, type MaybePromise } from "../../federation/promised";
import { DateTime } from "../../federation/scalars";
import { basisUnder } from "./basis-under";
import { Conditions, UNDER } from "./conditions";
import { Benchmark, BenchmarkVersion, Domain } from "./foreign";
import { LeaderboardConnection, leaderboardPage, type LeaderboardRow } from "./leaderboard";
import { Statistics } from "./statistics";

/** Where a benchmark stands that another subgraph may have named: slug and identifier. Throws NOT_FOUND for an unknown one. */
function placeOf({ id }: Benchmark, { view }: Context): { domain: string; benchmark: string } {
  const place = view.catalog.benchmarkById(id);
  if (!place) throw notFound("benchmark", id);
  return { domain: place.catalog.domain.slug, benchmark: place.catalog.tree.identifiers[place.node] };
}

@Resolver(() => Benchmark)
export class BenchmarkFields {
  @FieldResolver(() => Statistics, { description: "Statistics over the population; all counts are 0 for a benchmark outside the tree." })
  statistics(
    @Arg("under", () => Conditions, { nullable: true, description: UNDER }) under: Conditions | null,
    @Root() root: Benchmark,
    @Ctx() context: Context,
  ): MaybePromise<Statistics> {
    const { domain, benchmark } = placeOf(root, context);
    return after(basisUnder(context, domain, under), (basis) => basis.statistics(basis.node(benchmark)));
  }

  @FieldResolver(() => LeaderboardConnection, {
    description: "The population by rank here; then the models that failed here, by name. Models that were never run here are left out.",
  })
  leaderboard(
    @Arg("under", () => Conditions, { nullable: true, description: UNDER }) under: Conditions | null,
    @Args(() => PageArguments) page: PageArguments,
    @Root() root: Benchmark,
    @Ctx() context: Context,
  ): MaybePromise<Connection<LeaderboardRow>> {
    return leaderboardPage({ context, ...placeOf(root, context), under, page });
  }
}

@Resolver(() => BenchmarkVersion)
export class BenchmarkVersionFields {
  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      "When it became the valid version: the end of the first run of a public model on it. Null if there was none, or if a higher version came first.",
  })
  validFrom(@Root() version: BenchmarkVersion, @Ctx() context: Context): number | null {
    return validityOf(version, context).from;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description: "When a higher version became valid. Null if none did, or if it never was valid.",
  })
  validTo(@Root() version: BenchmarkVersion, @Ctx() context: Context): number | null {
    return validityOf(version, context).to;
  }
}

function validityOf({ id }: BenchmarkVersion, { view }: Context): { from: number | null; to: number | null } {
  const place = view.catalog.versionById(id);
  if (!place) throw notFound("benchmark version", id);
  return view.domain(place.catalog.domain.slug)!.versionValidity(place.node, place.version.number);
}

@Resolver(() => Domain)
export class DomainFields {
  @FieldResolver(() => Int, { description: "The number of public models." })
  modelCount(@Root() { id }: Domain, @Ctx() { view }: Context): number {
    const catalog = view.catalog.domainById(id);
    if (!catalog) throw notFound("domain", id);
    return view.domain(catalog.domain.slug)!.models.filter(({ isPublic }) => isPublic).length;
  }
}
