import { Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { BenchmarkPlace } from "../../board/catalog";
import { invariant, notFound } from "../../errors";
import type { Connection } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { PageArguments } from "../../federation/page-arguments";
import { DateTime } from "../../federation/scalars";
import { type Basis, basisOf } from "./basis";
import { Benchmark, BenchmarkVersion, Domain } from "./foreign";
import { LeaderboardConnection, leaderboardPage, type LeaderboardRow } from "./leaderboard";
import { Statistics } from "./statistics";

/** Where a benchmark stands that another subgraph may have named. Throws NOT_FOUND for an unknown one. */
function placeOf({ id }: Benchmark, { view }: Context): BenchmarkPlace & { basis: Basis } {
  const place = view.catalog.benchmarkById(id);
  if (!place) throw notFound("benchmark", id);
  const board = view.domain(place.catalog.domain.slug);
  invariant(board, "a board has every domain of its catalog");
  return { ...place, basis: basisOf(view, board) };
}

@Resolver(() => Benchmark)
export class BenchmarkFields {
  @FieldResolver(() => Statistics, { description: "Statistics over all public models; all counts are 0 for a benchmark outside the tree." })
  statistics(@Root() benchmark: Benchmark, @Ctx() context: Context): Statistics {
    const { basis, node } = placeOf(benchmark, context);
    return basis.statistics(node);
  }

  @FieldResolver(() => LeaderboardConnection, {
    description: "The public models by rank here; then those that failed here, by name. Models that were never run here are left out.",
  })
  leaderboard(
    @Args(() => PageArguments) page: PageArguments,
    @Root() benchmark: Benchmark,
    @Ctx() context: Context,
  ): Connection<LeaderboardRow> {
    const { basis, node } = placeOf(benchmark, context);
    return leaderboardPage(basis, node, { page, context });
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
