import { ableToHold } from "../scoring/wholes";
import { DomainBoard } from "./domain-board";
import type { DomainCatalog } from "./domain-catalog";
import { DomainModels } from "./domain-models";
import type { ModelFacts, ObservationFacts } from "./facts";
import { emptyColumns, type ObservationRow } from "./observation-columns";
import { renewCatalog, withNewer, type CatalogNews } from "./renew-catalog";
import { renewObservations } from "./renew-observations";

/** What is new of one domain. */
export interface DomainNews extends CatalogNews {
  readonly models: readonly ModelFacts[];
  readonly observations: readonly ObservationRow[];
}

/**
 * The board of a domain after news, in steps; `before`: null for a domain that is new itself. `highestPk`: observations above it are
 * added, others changed. Null if a changed one is not of this domain.
 */
export function* renewDomain(before: DomainBoard | null, news: DomainNews, highestPk: number): Generator<void, DomainBoard | null> {
  if (before && !hasNews(news)) return before;
  const catalog = renewCatalog(before?.catalog ?? null, news);
  const earlier = before ?? new DomainBoard(catalog, [], emptyColumns(0, { revision: 0, model: 0, node: 0, version: 0 }));
  const models = news.models.length > 0 ? new DomainModels(withNewer(earlier.models, news.models), earlier.slots) : earlier.slots;
  const observations = renumbered(earlier.observations, earlier.catalog, catalog);
  yield;
  const change =
    news.observations.length > 0
      ? renewObservations(observations, { catalog, slots: models.byPk }, news.observations, highestPk)
      : { before: observations, after: observations, changed: [] };
  yield;
  return change && (yield* earlier.renewed({ catalog, models, change }));
}

const hasNews = ({ domain, ...rows }: DomainNews): boolean => domain !== undefined || Object.values(rows).some(({ length }) => length > 0);

/** The observations with the node numbers of a later tree; the same ones if those are the same. A benchmark is never removed. */
function renumbered(observations: ObservationFacts, before: DomainCatalog, after: DomainCatalog): ObservationFacts {
  const nodeOf = before.benchmarks.map(({ id }) => after.nodesById.get(id)!);
  return nodeOf.every((later, node) => later === node)
    ? observations
    : { ...observations, node: ableToHold(observations.node, after.tree.size).map((node) => nodeOf[node]) };
}
