import type { DataSource } from "typeorm";
import { Board } from "./board";
import { Catalog } from "./catalog";
import { DomainBoard } from "./domain-board";
import type { DomainCatalog } from "./domain-catalog";
import type { BenchmarkFacts, DomainFacts, ModelFacts, ObservationFacts, ReferenceFacts, ReleaseFacts, VersionFacts } from "./facts";
import { BENCHMARKS, DOMAINS, MODELS, OBSERVATION_COUNT, OBSERVATIONS, REFERENCES, RELEASES, type Select, VERSIONS } from "./fact-selects";
import { inSnapshot, type Reader } from "./fact-reader";
import { groupBy } from "./group-by";

type OfDomain<T> = T & { domainPk: number };
type ObservationRow = [number, number, number, number | null, number | null, number | null, boolean, boolean, number | null, number | null];

async function catalogOf({ rows, ledger }: Reader): Promise<Catalog> {
  const byDomain = async <T>(select: Select) => groupBy(await rows<OfDomain<T>>(select), ({ domainPk }) => domainPk);
  const domains = await rows<DomainFacts>(DOMAINS);
  const benchmarks = await byDomain<BenchmarkFacts>(BENCHMARKS);
  const versions = await byDomain<VersionFacts>(VERSIONS);
  const references = await byDomain<ReferenceFacts>(REFERENCES);
  const releases = await byDomain<ReleaseFacts>(RELEASES);
  return new Catalog(
    await ledger(),
    domains.map((domain) => ({
      domain,
      benchmarks: benchmarks.get(domain.pk) ?? [],
      versions: versions.get(domain.pk) ?? [],
      references: references.get(domain.pk) ?? [],
      releases: releases.get(domain.pk) ?? [],
    })),
  );
}

/** Streams a domain's observations into arrays that are sized once. */
async function observationsOf(reader: Reader, catalog: DomainCatalog, models: readonly ModelFacts[]): Promise<ObservationFacts> {
  const parameters = [catalog.domain.pk];
  const [{ count }] = await reader.rows<{ count: number }>(OBSERVATION_COUNT, parameters);
  const observations: ObservationFacts = {
    length: count,
    pk: new Int32Array(count),
    model: new Int32Array(count),
    node: new Int32Array(count),
    version: new Int32Array(count),
    raw: new Float64Array(count),
    ceiled: new Float64Array(count),
    error: new Float64Array(count),
    failed: new Uint8Array(count),
    retracted: new Uint8Array(count),
    startedAt: new Float64Array(count),
    endedAt: new Float64Array(count),
  };
  const slots = new Map(models.map(({ pk }, slot) => [pk, slot]));
  const versions = new Map(catalog.versions.flatMap((numbered, node) => numbered.map(({ pk, number }) => [pk, { node, number }])));
  let at = 0;
  for await (const rows of reader.batches<ObservationRow>(OBSERVATIONS, parameters)) {
    for (const [pk, modelPk, versionPk, raw, ceiled, error, failed, retracted, startedAt, endedAt] of rows) {
      const { node, number } = versions.get(versionPk)!;
      observations.pk[at] = pk;
      observations.model[at] = slots.get(modelPk)!;
      observations.node[at] = node;
      observations.version[at] = number;
      observations.raw[at] = raw ?? NaN;
      observations.ceiled[at] = ceiled ?? NaN;
      observations.error[at] = error ?? NaN;
      observations.failed[at] = failed ? 1 : 0;
      observations.retracted[at] = retracted ? 1 : 0;
      observations.startedAt[at] = startedAt ?? NaN;
      observations.endedAt[at] = endedAt ?? NaN;
      at++;
    }
  }
  return observations;
}

/**
 * Reads all facts of one revision and makes their board: the newest, or an earlier one at which an append ended, for a release.
 * Observations are streamed; nothing is kept twice.
 */
export const readBoard = (dataSource: DataSource, revision: number | null = null): Promise<Board> =>
  inSnapshot(dataSource, revision, async (reader) => {
    const catalog = await catalogOf(reader);
    const models = groupBy(await reader.rows<OfDomain<ModelFacts>>(MODELS), ({ domainPk }) => domainPk);
    const domains: DomainBoard[] = [];
    for (const domain of catalog.domains) {
      const own = models.get(domain.domain.pk) ?? [];
      domains.push(new DomainBoard(domain, own, await observationsOf(reader, domain, own)));
    }
    return new Board(catalog, domains);
  });
