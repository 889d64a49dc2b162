import { DomainCatalog } from "./domain-catalog";
import type { DomainCatalogFacts, LedgerFacts, ReleaseFacts, VersionFacts } from "./facts";

/** Where a benchmark stands: its domain and its node number there. */
export interface BenchmarkPlace {
  readonly catalog: DomainCatalog;
  readonly node: number;
}

/** All that is public by nature, of one revision: domains, their trees, versions and references. Immutable. */
export class Catalog {
  /** By slug in code point order. */
  readonly domains: readonly DomainCatalog[];
  private readonly bySlug: ReadonlyMap<string, DomainCatalog>;
  private readonly domainsById: ReadonlyMap<string, DomainCatalog>;
  private readonly benchmarksById = new Map<string, BenchmarkPlace>();
  private readonly versionsByPk = new Map<number, VersionFacts>();
  private readonly versionsById = new Map<string, BenchmarkPlace & { version: VersionFacts }>();

  constructor(
    readonly ledger: LedgerFacts,
    domains: readonly DomainCatalogFacts[],
  ) {
    this.domains = domains.map((facts) => new DomainCatalog(facts));
    this.bySlug = new Map(this.domains.map((catalog) => [catalog.domain.slug, catalog]));
    this.domainsById = new Map(this.domains.map((catalog) => [catalog.domain.id, catalog]));
    for (const catalog of this.domains) {
      catalog.benchmarks.forEach(({ id }, node) => this.benchmarksById.set(id, { catalog, node }));
      catalog.versions.forEach((numbered, node) =>
        numbered.forEach((version) => {
          this.versionsByPk.set(version.pk, version);
          this.versionsById.set(version.id, { catalog, node, version });
        }),
      );
    }
  }

  domain(slug: string): DomainCatalog | null {
    return this.bySlug.get(slug) ?? null;
  }

  domainById(id: string): DomainCatalog | null {
    return this.domainsById.get(id) ?? null;
  }

  benchmarkById(id: string): BenchmarkPlace | null {
    return this.benchmarksById.get(id) ?? null;
  }

  versionById(id: string): (BenchmarkPlace & { version: VersionFacts }) | null {
    return this.versionsById.get(id) ?? null;
  }

  versionByPk(pk: number): VersionFacts | null {
    return this.versionsByPk.get(pk) ?? null;
  }

  releaseById(id: string): { catalog: DomainCatalog; release: ReleaseFacts } | null {
    for (const catalog of this.domains) {
      const release = catalog.releases.find((candidate) => candidate.id === id);
      if (release) return { catalog, release };
    }
    return null;
  }
}
