import type { DataSource, ReplicationMode } from "typeorm";
import { invariant } from "../errors";
import { Board } from "./board";
import { Catalog } from "./catalog";
import { DomainCatalog } from "./domain-catalog";
import { DomainBoard } from "./domain-board";
import type {
  BenchmarkFacts,
  DomainFacts,
  ModelFacts,
  ObservationFacts,
  OfDomain,
  ReferenceFacts,
  ReleaseFacts,
  VersionFacts,
} from "./facts";
import { BENCHMARKS, DOMAINS, MODELS, REFERENCES, RELEASES, type Select, VERSIONS } from "./fact-selects";
import { inSnapshot, type Reader } from "./fact-reader";
import { groupBy } from "./group-by";
import { inSlices } from "./in-slices";
import { type ObservationPlace, readObservations, recallObservations } from "./read-observations";

async function catalogOf({ rows, ledger }: Reader): Promise<Catalog> {
  const byDomain = async <T>(select: Select) => groupBy(await rows<OfDomain<T>>(select), ({ domainPk }) => domainPk);
  const domains = await rows<DomainFacts>(DOMAINS);
  const benchmarks = await byDomain<BenchmarkFacts>(BENCHMARKS);
  const versions = await byDomain<VersionFacts>(VERSIONS);
  const references = await byDomain<ReferenceFacts>(REFERENCES);
  const releases = await byDomain<ReleaseFacts>(RELEASES);
  return new Catalog(
    await ledger(),
    domains.map(
      (domain) =>
        new DomainCatalog({
          domain,
          benchmarks: benchmarks.get(domain.pk) ?? [],
          versions: versions.get(domain.pk) ?? [],
          references: references.get(domain.pk) ?? [],
          releases: releases.get(domain.pk) ?? [],
        }),
    ),
  );
}

export interface ReadOptions {
  /** False: the catalog alone, for a process that serves no scores. Default true. */
  readonly holdsModels?: boolean;
}

/** Reads all facts and makes their board. Observations are streamed; nothing is kept twice. */
export function readBoard(
  dataSource: DataSource,
  { holdsModels = true }: ReadOptions = {},
  on: ReplicationMode = "master",
): Promise<Board> {
  if (holdsModels) return boardAt(dataSource, null, readObservations, on);
  return inSnapshot(dataSource, null, async (reader) => new Board(await catalogOf(reader), [], false), on);
}

/** The same from a replica, if there is one that can be read: its facts may be a little older, which whoever asks must make up for. */
export const readFirstBoard = (dataSource: DataSource, options: ReadOptions): Promise<Board> =>
  readBoard(dataSource, options, "slave").catch(() => readBoard(dataSource, options));

/**
 * Makes the board of an earlier revision, at which an append ended, as a release names it. Observations that have not changed since are
 * taken from a later board: only what did change, and the few rows of the catalog and the models, are read.
 */
export const readPastBoard = (dataSource: DataSource, revision: number, later: Board): Promise<Board> =>
  boardAt(dataSource, revision, (reader, place) => {
    const board = later.domain(place.catalog.domain.slug);
    invariant(board, "a domain is never removed");
    return recallObservations(reader, place, { board, from: later.catalog.ledger.revision, to: revision });
  });

type ObservationsOf = (reader: Reader, place: ObservationPlace) => Promise<ObservationFacts>;

async function boardAt(
  dataSource: DataSource,
  revision: number | null,
  observationsOf: ObservationsOf,
  on: ReplicationMode = "master",
): Promise<Board> {
  const read = async (reader: Reader) => {
    const catalog = await catalogOf(reader);
    const models = groupBy(await reader.rows<OfDomain<ModelFacts>>(MODELS), ({ domainPk }) => domainPk);
    const domains: DomainBoard[] = [];
    for (const domain of catalog.domains) {
      const own = models.get(domain.domain.pk) ?? [];
      domains.push(new DomainBoard(domain, own, await observationsOf(reader, { catalog: domain, models: own })));
    }
    return new Board(catalog, domains);
  };
  const board = await inSnapshot(dataSource, revision, read, on);
  // Here others have their turn meanwhile; in the first answer they would not.
  for (const domain of board.domains) await inSlices(domain.prepare(), () => true);
  return board;
}
