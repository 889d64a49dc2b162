import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { DomainCatalog } from "../../board/domain-catalog";
import { invariant } from "../../errors";
import type { Context } from "../../federation/context";
import { Lasting } from "../../federation/lasting";
import { limitNumber } from "../../federation/limit-list";
import type { MaybePromise } from "../../federation/promised";
import { Benchmark } from "./benchmark";
import { BenchmarkVersion } from "./benchmark-version";
import { Domain } from "./domain";
import { benchmarkOf, domainOf } from "./from-catalog";
import { versionById } from "./loaders";

function catalogOf({ id }: Benchmark, { view }: Context): DomainCatalog {
  const place = view.catalog.benchmarkById(id);
  invariant(place, "a benchmark comes from the catalog of its request");
  return place.catalog;
}

/** The visible benchmarks above, the nearest first. */
function above({ tree }: DomainCatalog, node: number): number[] {
  const nodes: number[] = [];
  for (let at = tree.visibleParent[node]; at >= 0; at = tree.visibleParent[at]) nodes.push(at);
  return nodes;
}

@Resolver(() => Benchmark)
export class BenchmarkFields {
  @FieldResolver(() => Domain, { description: "The domain that it belongs to." })
  domain(@Root() benchmark: Benchmark, @Ctx() context: Context): Domain {
    return domainOf(catalogOf(benchmark, context));
  }

  @FieldResolver(() => Benchmark, { nullable: true, description: "The nearest visible benchmark above; null at the top." })
  parent(@Root() benchmark: Benchmark, @Ctx() context: Context): Benchmark | null {
    const catalog = catalogOf(benchmark, context);
    const parent = catalog.tree.visibleParent[benchmark.node];
    return parent < 0 ? null : benchmarkOf(catalog, parent);
  }

  @FieldResolver(() => [Benchmark], {
    description: "The benchmarks directly below, in tree order. In the place of an invisible one stand its visible descendants.",
  })
  children(@Root() benchmark: Benchmark, @Ctx() context: Context): Benchmark[] {
    const catalog = catalogOf(benchmark, context);
    return catalog.listedChildren(benchmark.node).map((node) => benchmarkOf(catalog, node));
  }

  @FieldResolver(() => [Benchmark], { description: "The visible benchmarks above, the root first." })
  ancestors(@Root() benchmark: Benchmark, @Ctx() context: Context): Benchmark[] {
    const catalog = catalogOf(benchmark, context);
    return above(catalog, benchmark.node)
      .reverse()
      .map((node) => benchmarkOf(catalog, node));
  }

  @FieldResolver(() => [Benchmark], { description: "The visible benchmarks below, in tree order." })
  descendants(
    @Arg("maxDepth", () => Int, { nullable: true, description: "How many levels below to go; 1 gives the children." })
    maxDepth: number | null,
    @Arg("leavesOnly", () => Boolean, { nullable: true, defaultValue: false, description: "Leaves out the parents." })
    leavesOnly: boolean | null,
    @Root() benchmark: Benchmark,
    @Ctx() context: Context,
  ): Benchmark[] {
    limitNumber("maxDepth", maxDepth, { most: 1000 });
    const catalog = catalogOf(benchmark, context);
    const { tree, visible } = catalog;
    const { node } = benchmark;
    // The children of an invisible benchmark stand in its place, at its own depth.
    const top = tree.isVisible[node] ? tree.depth[node] : tree.depth[node] - 1;
    return visible
      .filter((other) => other > node && other < tree.end[node])
      .filter((other) => (maxDepth == null || tree.depth[other] - top <= maxDepth) && (!leavesOnly || tree.isLeaf[other]))
      .map((other) => benchmarkOf(catalog, other));
  }

  @Lasting()
  @FieldResolver(() => BenchmarkVersion, { nullable: true, description: "The version that counts now: the highest one. Null on a parent." })
  version(@Root() benchmark: Benchmark, @Ctx() context: Context): MaybePromise<BenchmarkVersion | null> {
    const version = catalogOf(benchmark, context).currentVersion(benchmark.node);
    return version && versionById(context, version.id);
  }

  @FieldResolver(() => [BenchmarkVersion], { description: "All versions of a leaf, the newest first; none on a parent." })
  versions(@Root() benchmark: Benchmark, @Ctx() context: Context): MaybePromise<BenchmarkVersion | null>[] {
    const { versions } = catalogOf(benchmark, context);
    return versions[benchmark.node].map(({ id }) => versionById(context, id)).reverse();
  }
}
