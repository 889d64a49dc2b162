import { DomainCatalog } from "./domain-catalog";
import type { DomainCatalogFacts, DomainFacts } from "./facts";

/** What is new of one domain's catalog. */
export type CatalogNews = Omit<DomainCatalogFacts, "domain"> & { readonly domain: DomainFacts | undefined };

/** The catalog of a domain after news: the same one if there are none of it. `before`: null for a domain that is new itself. */
export function renewCatalog(before: DomainCatalog | null, news: CatalogNews): DomainCatalog {
  const { benchmarks, versions, references, releases } = news;
  const hasNews = news.domain !== undefined || [benchmarks, versions, references, releases].some(({ length }) => length > 0);
  if (before && !hasNews) return before;
  const known: DomainCatalogFacts = before?.facts ?? { domain: news.domain!, benchmarks: [], versions: [], references: [], releases: [] };
  return new DomainCatalog(
    {
      domain: news.domain ?? known.domain,
      benchmarks: withNewer(known.benchmarks, benchmarks),
      versions: [...withNewer(known.versions, versions)].sort((a, b) => a.benchmarkPk - b.benchmarkPk || a.number - b.number),
      references: withNewer(known.references, references),
      releases: withNewer(known.releases, releases),
    },
    before ?? undefined,
  );
}

/** Rows with newer ones in the place of those with the same pk; further ones at the end. */
export function withNewer<T extends { readonly pk: number }>(rows: readonly T[], newer: readonly T[]): readonly T[] {
  if (newer.length === 0) return rows;
  const byPk = new Map(rows.map((row) => [row.pk, row]));
  for (const row of newer) byPk.set(row.pk, row);
  return [...byPk.values()];
}
