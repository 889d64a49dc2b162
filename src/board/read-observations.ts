import { setImmediate as breathe } from "node:timers/promises";
import { invariant } from "../errors";
import type { DomainBoard } from "./domain-board";
import type { DomainCatalog } from "./domain-catalog";
import type { Reader } from "./fact-reader";
import { EARLIER_OBSERVATIONS, OBSERVATION_COUNT, OBSERVATIONS } from "./fact-selects";
import type { ModelFacts, ObservationFacts } from "./facts";

/** Whose observations are read, and what their nodes and slots are. */
export interface ObservationPlace {
  readonly catalog: DomainCatalog;
  readonly models: readonly ModelFacts[];
}

type Known = number | null;
/** Revision, pk, model, version, raw, ceiled, error, failed, retracted, start, end. */
type ObservationRow = [number, number, number, number, Known, Known, Known, boolean, boolean, Known, Known];

const allocate = (length: number): ObservationFacts => ({
  length,
  revision: new Float64Array(length),
  pk: new Int32Array(length),
  model: new Int32Array(length),
  node: new Int32Array(length),
  version: new Int32Array(length),
  raw: new Float64Array(length),
  ceiled: new Float64Array(length),
  error: new Float64Array(length),
  failed: new Uint8Array(length),
  retracted: new Uint8Array(length),
  startedAt: new Float64Array(length),
  endedAt: new Float64Array(length),
});

/** Puts rows into the arrays, from a place on. */
function filler(
  { catalog, models }: ObservationPlace,
  observations: ObservationFacts,
): (rows: readonly ObservationRow[], from: number) => void {
  const slots = new Map(models.map(({ pk }, slot) => [pk, slot]));
  const versions = new Map(catalog.versions.flatMap((numbered, node) => numbered.map(({ pk, number }) => [pk, { node, number }])));
  return (rows, from) =>
    rows.forEach(([revision, pk, modelPk, versionPk, raw, ceiled, error, failed, retracted, startedAt, endedAt], row) => {
      const at = from + row;
      const { node, number } = versions.get(versionPk)!;
      observations.revision[at] = revision;
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
    });
}

/** Streams a domain's observations into arrays that are sized once. */
export async function readObservations(reader: Reader, place: ObservationPlace): Promise<ObservationFacts> {
  const parameters = [place.catalog.domain.pk];
  const [{ count }] = await reader.rows<{ count: number }>(OBSERVATION_COUNT, parameters);
  const observations = allocate(count);
  const fill = filler(place, observations);
  let at = 0;
  for await (const rows of reader.batches<ObservationRow>(OBSERVATIONS, parameters)) {
    fill(rows, at);
    at += rows.length;
  }
  return observations;
}

/**
 * The same at an earlier revision, `to`, from a later board of the domain, of the revision `from`, and what its observations said before
 * they changed. What has changed since that board was made, it still knows.
 */
export async function recallObservations(
  reader: Reader,
  place: ObservationPlace,
  { board, from, to }: { board: DomainBoard; from: number; to: number },
): Promise<ObservationFacts> {
  const changed: ObservationRow[] = [];
  for await (const rows of reader.batches<ObservationRow>(EARLIER_OBSERVATIONS, [place.catalog.domain.pk, to, from])) changed.push(...rows);

  const later = board.observations;
  const all = new Int32Array(later.length);
  let count = 0;
  for (let index = 0; index < later.length; index++) if (later.revision[index] <= to) all[count++] = index;
  const same = all.subarray(0, count);
  const observations = allocate(count + changed.length);
  const slotOf = placeOf(board.models, place.models);
  const nodeOf = placeOf(board.catalog.benchmarks, place.catalog.benchmarks);
  const copied = ["revision", "pk", "version", "raw", "ceiled", "error", "failed", "retracted", "startedAt", "endedAt"] as const;
  for (const column of copied) {
    const [source, target] = [later[column], observations[column]];
    for (let at = 0; at < count; at++) target[at] = source[same[at]];
    await breathe();
  }
  for (let at = 0; at < count; at++) {
    observations.model[at] = slotOf[later.model[same[at]]];
    observations.node[at] = nodeOf[later.node[same[at]]];
  }
  await breathe();
  filler(place, observations)(changed, count);
  return observations;
}

/** Where each of the later rows stands among the earlier ones; −1 for those that were added since. */
function placeOf(later: readonly { pk: number }[], earlier: readonly { pk: number }[]): Int32Array {
  const places = new Map(earlier.map(({ pk }, place) => [pk, place]));
  invariant(places.size === earlier.length, "internal keys are unique");
  return Int32Array.from(later, ({ pk }) => places.get(pk) ?? -1);
}
