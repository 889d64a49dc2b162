import type { DomainCatalog } from "./domain-catalog";
import type { LedgerFacts, ReferenceFacts, ReleaseFacts, VersionFacts } from "./facts";

/** Where a benchmark stands: its domain and its node number there. */
export interface BenchmarkPlace {
  readonly catalog: DomainCatalog;
  readonly node: number;
}

/** All that is public by nature, of one revision: domains, their trees, versions and references. Immutable. */
export class Catalog {
  private readonly bySlug: ReadonlyMap<string, DomainCatalog>;

  /** `domains`: by slug in code point order. */
  constructor(
    readonly ledger: LedgerFacts,
    readonly domains: readonly DomainCatalog[],
  ) {
    this.bySlug = new Map(domains.map((catalog) => [catalog.domain.slug, catalog]));
  }

  domain(slug: string): DomainCatalog | null {
    return this.bySlug.get(slug) ?? null;
  }

  domainById(id: string): DomainCatalog | null {
    return this.domains.find(({ domain }) => domain.id === id) ?? null;
  }

  benchmarkById(id: string): BenchmarkPlace | null {
    for (const catalog of this.domains) {
      const node = catalog.nodesById.get(id);
      if (node !== undefined) return { catalog, node };
    }
    return null;
  }

  versionById(id: string): (BenchmarkPlace & { version: VersionFacts }) | null {
    for (const catalog of this.domains) {
      const place = catalog.versionsById.get(id);
      if (place) return { catalog, ...place };
    }
    return null;
  }

  versionByPk(pk: number): VersionFacts | null {
    for (const catalog of this.domains) {
      const place = catalog.versionsByPk.get(pk);
      if (place) return place.version;
    }
    return null;
  }

  referenceById(id: string): ReferenceFacts | null {
    for (const catalog of this.domains) {
      const reference = catalog.referencesById.get(id);
      if (reference) return reference;
    }
    return null;
  }

  referenceByPk(pk: number): ReferenceFacts | null {
    for (const catalog of this.domains) {
      const reference = catalog.referencesByPk.get(pk);
      if (reference) return reference;
    }
    return null;
  }

  releaseById(id: string): { catalog: DomainCatalog; release: ReleaseFacts } | null {
    for (const catalog of this.domains) {
      const release = catalog.releases.find((candidate) => candidate.id === id);
      if (release) return { catalog, release };
    }
    return null;
  }
}
