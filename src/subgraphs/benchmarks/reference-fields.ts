import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../../federation/context";
import { Benchmark } from "./benchmark";
import { Reference } from "./foreign";
import { benchmarkOf } from "./from-catalog";

@Resolver(() => Reference)
export class ReferenceFields {
  @FieldResolver(() => [Benchmark], { description: "The visible benchmarks that come from this work, in tree order." })
  benchmarks(@Root() { id }: Reference, @Ctx() { view }: Context): Benchmark[] {
    return view.catalog.domains.flatMap((catalog) => {
      const reference = catalog.referencesById.get(id);
      if (!reference) return [];
      return catalog.visible
        .filter((node) => catalog.benchmarks[node].referencePk === reference.pk)
        .map((node) => benchmarkOf(catalog, node));
    });
  }
}
