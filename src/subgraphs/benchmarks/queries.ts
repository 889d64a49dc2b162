import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../../federation/context";
import { Benchmark } from "./benchmark";
import { Domain } from "./domain";
import { benchmarkByName, domainOf } from "./from-catalog";

@Resolver()
export class BenchmarksQueries {
  @Query(() => [Domain], { description: "All domains, by slug." })
  domains(@Ctx() { view }: Context): Domain[] {
    return view.catalog.domains.map(domainOf);
  }

  @Query(() => Domain, { nullable: true, description: "The domain of a slug; null if there is none." })
  domain(@Arg("slug", () => String, { description: "Such as `vision`." }) slug: string, @Ctx() { view }: Context): Domain | null {
    const catalog = view.catalog.domain(slug);
    return catalog && domainOf(catalog);
  }

  @Query(() => Benchmark, { nullable: true, description: "The benchmark of an identifier, also an invisible one; null if there is none." })
  benchmark(
    @Arg("domain", () => String, { description: "The domain's slug." }) domain: string,
    @Arg("identifier", () => String, { description: "The benchmark's identifier, in full." }) identifier: string,
    @Ctx() { view }: Context,
  ): Benchmark | null {
    return benchmarkByName(view.catalog, domain, identifier);
  }
}
