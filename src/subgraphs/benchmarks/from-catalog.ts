import type { Catalog } from "../../board/catalog";
import type { DomainCatalog } from "../../board/domain-catalog";
import { Benchmark } from "./benchmark";
import { Domain } from "./domain";

const benchmarks = new WeakMap<DomainCatalog, Benchmark[]>();
const domains = new WeakMap<DomainCatalog, Domain>();

/** The domain of a catalog, one object each. */
export function domainOf(catalog: DomainCatalog): Domain {
  let domain = domains.get(catalog);
  if (!domain) domains.set(catalog, (domain = Object.assign(new Domain(), catalog.domain)));
  return domain;
}

/** The benchmark of a node, one object each. */
export function benchmarkOf(catalog: DomainCatalog, node: number): Benchmark {
  let made = benchmarks.get(catalog);
  if (!made) {
    const { tree, scope, shortNames, domain } = catalog;
    made = catalog.benchmarks.map((facts, at) =>
      Object.freeze(
        Object.assign(new Benchmark(), facts, {
          domainPk: domain.pk,
          node: at,
          isRaw: tree.isRaw[at] === 1,
          shortName: shortNames[at],
          depth: tree.depth[at],
          isLeaf: tree.isLeaf[at] === 1,
          leafCount: scope.leafCount[at],
        }),
      ),
    );
    benchmarks.set(catalog, made);
  }
  return made[node];
}

/** The benchmark of an id, null if there is none. */
export function benchmarkById(catalog: Catalog, id: string): Benchmark | null {
  const place = catalog.benchmarkById(id);
  return place && benchmarkOf(place.catalog, place.node);
}

/** The benchmark of a name in a domain, null if there is none. */
export function benchmarkByName(catalog: Catalog, slug: string, identifier: string): Benchmark | null {
  const domain = catalog.domain(slug);
  const node = domain?.tree.find(identifier) ?? -1;
  return domain && node >= 0 ? benchmarkOf(domain, node) : null;
}
