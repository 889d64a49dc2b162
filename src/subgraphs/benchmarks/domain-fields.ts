import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { DomainCatalog } from "../../board/domain-catalog";
import { invariant } from "../../errors";
import type { Context } from "../../federation/context";
import { Benchmark } from "./benchmark";
import { Domain } from "./domain";
import { benchmarkOf } from "./from-catalog";

function catalogOf({ id }: Domain, { view }: Context): DomainCatalog {
  const catalog = view.catalog.domainById(id);
  invariant(catalog, "a domain comes from the catalog of its request");
  return catalog;
}

@Resolver(() => Domain)
export class DomainFields {
  @FieldResolver(() => [Benchmark], { description: "The roots of its trees, the global root first." })
  roots(@Root() domain: Domain, @Ctx() context: Context): Benchmark[] {
    const catalog = catalogOf(domain, context);
    return catalog.visible.filter((node) => catalog.tree.visibleParent[node] < 0).map((node) => benchmarkOf(catalog, node));
  }

  @FieldResolver(() => Int, { description: "The number of visible benchmarks, leaves and parents." })
  benchmarkCount(@Root() domain: Domain, @Ctx() context: Context): number {
    return catalogOf(domain, context).visible.length;
  }

  @FieldResolver(() => Int, { description: "The number of visible leaves." })
  leafCount(@Root() domain: Domain, @Ctx() context: Context): number {
    const { visible, tree } = catalogOf(domain, context);
    return visible.filter((node) => tree.isLeaf[node]).length;
  }
}
