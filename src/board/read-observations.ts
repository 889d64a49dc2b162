import { setImmediate as breathe } from "node:timers/promises";
import { invariant } from "../errors";
import type { DomainBoard } from "./domain-board";
import type { DomainCatalog } from "./domain-catalog";
import type { Reader } from "./fact-reader";
import { EARLIER_OBSERVATIONS, OBSERVATION_COUNT, OBSERVATIONS } from "./fact-selects";
import type { ModelFacts, ObservationFacts } from "./facts";
import { columnFiller, emptyColumns, highestOf, type ObservationRow } from "./observation-columns";
import { roomy } from "./room";

/** Whose observations are read, and what their nodes and slots are. */
export interface ObservationPlace {
  readonly catalog: DomainCatalog;
  readonly models: readonly ModelFacts[];
}

const placesOf = ({ catalog, models }: ObservationPlace) => ({ catalog, slots: new Map(models.map(({ pk }, slot) => [pk, slot])) });

/** Streams a domain's observations into arrays that are sized once, with room for some that come later. */
export async function readObservations(reader: Reader, place: ObservationPlace): Promise<ObservationFacts> {
  const parameters = [place.catalog.domain.pk];
  const [{ count }] = await reader.rows<{ count: number }>(OBSERVATION_COUNT, parameters);
  const { revision } = await reader.ledger();
  const places = placesOf(place);
  const observations = emptyColumns(count, highestOf(places, revision), roomy);
  const fill = columnFiller(places, observations);
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
  const places = placesOf(place);
  const observations = emptyColumns(count + changed.length, highestOf(places, to));
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
  columnFiller(places, observations)(changed, count);
  for (let at = 0; at < count; at++) if (observations.pk[at] > observations.highestPk) observations.highestPk = observations.pk[at];
  return observations;
}

/** Where each of the later rows stands among the earlier ones; −1 for those that were added since. */
function placeOf(later: readonly { pk: number }[], earlier: readonly { pk: number }[]): Int32Array {
  const places = new Map(earlier.map(({ pk }, place) => [pk, place]));
  invariant(places.size === earlier.length, "internal keys are unique");
  return Int32Array.from(later, ({ pk }) => places.get(pk) ?? -1);
}
