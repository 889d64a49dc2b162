import { compareCodePoints } from "../scoring/compare-code-points";
import { Board } from "./board";
import { Catalog } from "./catalog";
import { groupBy } from "./group-by";
import type { ObservationRow } from "./observation-columns";
import type { News } from "./read-news";
import { renewCatalog } from "./renew-catalog";
import { renewDomain } from "./renew-domain";

/**
 * The board after news, cell by cell what is read from scratch, in steps. Domains without news are the same ones; of the others, whatever
 * did not change is shared. Null if it cannot be made from the earlier board: where a fact moved to another domain, or a version to
 * another leaf or number, so that observations stand elsewhere without having changed. Nothing in the platform does that.
 */
export function* renewBoard(before: Board, news: News): Generator<void, Board | null> {
  if (hasMoved(before, news)) return null;
  if (!before.holdsModels) return new Board(renewCatalogs(before.catalog, news), [], false);
  const [benchmarks, versions, references] = [rowsOf(news.benchmarks), rowsOf(news.versions), rowsOf(news.references)];
  const [releases, models] = [rowsOf(news.releases), rowsOf(news.models)];
  const observations = groupBy(news.observations, ([domainPk]) => domainPk);
  const changed = new Map(news.domains.map((domain) => [domain.pk, domain]));
  const boards = new Map(before.domains.map((board) => [board.catalog.domain.pk, board]));
  const highestPk = Math.max(0, ...before.domains.map((board) => board.observations.highestPk));
  for (const pk of new Set([...boards.keys(), ...changed.keys()])) {
    const own = {
      domain: changed.get(pk),
      benchmarks: benchmarks(pk),
      versions: versions(pk),
      references: references(pk),
      releases: releases(pk),
      models: models(pk),
      observations: (observations.get(pk) ?? []).map(([, ...row]): ObservationRow => row),
    };
    const later = yield* renewDomain(boards.get(pk) ?? null, own, highestPk);
    if (!later) return null;
    boards.set(pk, later);
  }
  const domains = [...boards.values()].sort((a, b) => compareCodePoints(a.catalog.domain.slug, b.catalog.domain.slug));
  const catalogs = domains.map(({ catalog }) => catalog);
  return new Board(new Catalog(news.ledger, catalogs), domains);
}

/** The catalogs of all domains after news. */
function renewCatalogs({ domains }: Catalog, news: News): Catalog {
  const [benchmarks, versions, references, releases] = [rowsOf(news.benchmarks), rowsOf(news.versions), rowsOf(news.references), rowsOf(news.releases)]; // prettier-ignore
  const changed = new Map(news.domains.map((domain) => [domain.pk, domain]));
  const known = new Map(domains.map((catalog) => [catalog.domain.pk, catalog]));
  const renewed = [...new Set([...known.keys(), ...changed.keys()])].map((pk) =>
    renewCatalog(known.get(pk) ?? null, {
      domain: changed.get(pk),
      benchmarks: benchmarks(pk),
      versions: versions(pk),
      references: references(pk),
      releases: releases(pk),
    }),
  );
  return new Catalog(
    news.ledger,
    renewed.sort((a, b) => compareCodePoints(a.domain.slug, b.domain.slug)),
  );
}

/** The rows of a domain, by its pk. */
function rowsOf<T extends { readonly domainPk: number }>(rows: readonly T[]): (pk: number) => readonly T[] {
  const groups = groupBy(rows, ({ domainPk }) => domainPk);
  return (pk) => groups.get(pk) ?? [];
}

/** Whether something that is known stands elsewhere now. Observations tell that themselves. */
function hasMoved({ catalog, domains }: Board, { benchmarks, versions, references, models }: News): boolean {
  const isElsewhere = ({ domainPk, id }: { domainPk: number; id: string }) =>
    catalog.domains.some(
      ({ domain, nodesById, referencesById }) => domain.pk !== domainPk && (nodesById.has(id) || referencesById.has(id)),
    ) || domains.some(({ catalog: { domain }, modelsById }) => domain.pk !== domainPk && modelsById.has(id));
  return (
    [...benchmarks, ...references, ...models].some(isElsewhere) ||
    versions.some(({ id, benchmarkPk, number }) => {
      const known = catalog.versionById(id)?.version;
      return known !== undefined && (known.benchmarkPk !== benchmarkPk || known.number !== number);
    })
  );
}
