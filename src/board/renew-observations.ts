import type { ObservationChange } from "../scoring/observations";
import type { ObservationFacts } from "./facts";
import { ableToHold } from "../scoring/wholes";
import { columnFiller, emptyColumns, highestOf, type ObservationPlaces, type ObservationRow } from "./observation-columns";
import { longer, type Numbers, roomy } from "./room";

/** What scores and times follow from; the rest only tells observations apart. */
const TELLING = ["model", "node", "version", "raw", "ceiled", "error", "failed", "retracted", "startedAt", "endedAt"] as const;
const COLUMNS = ["revision", "pk", ...TELLING] as const;

/** Those that are as narrow as what is in them lets. */
const WHOLES = ["revision", "model", "node", "version"] as const;

/** So many are looked for one by one; more are faster found in one pass. */
const FEW = 16;

/** Later observations of a domain beside earlier ones. */
export interface RenewedObservations extends ObservationChange {
  readonly before: ObservationFacts;
  readonly after: ObservationFacts;
}

/**
 * Observations with newer rows: added ones come last, in memory that is shared as long as there is room; a column in which a row
 * says something else is copied, others are shared. `highestPk`: rows above it are added. Null if a row at or below it is not known here.
 */
export function renewObservations(
  before: ObservationFacts,
  places: ObservationPlaces,
  rows: readonly ObservationRow[],
  highestPk: number,
): RenewedObservations | null {
  const added = rows.filter(([, pk]) => pk > highestPk);
  const other = rows.filter(([, pk]) => pk <= highestPk);
  const indices = find(before.pk, other);
  if (indices.includes(-1)) return null;
  const length = before.length + added.length;
  const after: { -readonly [C in keyof ObservationFacts]: ObservationFacts[C] } = { ...before, length };
  const highest = highestOf(
    places,
    rows.reduce((revision, [other]) => Math.max(revision, other), 0),
  );
  for (const column of WHOLES) after[column] = ableToHold(after[column], highest[column]);
  for (const column of COLUMNS) set(after, column, longer(after[column] as Numbers, length));
  columnFiller(places, after)(added, before.length);

  const renewed = emptyColumns(other.length, highest);
  columnFiller(places, renewed)(other, 0);
  const changed = new Set<number>();
  for (const column of COLUMNS) {
    let own: Numbers | null = null;
    for (let row = 0; row < other.length; row++) {
      const index = indices[row];
      if (Object.is(after[column][index], renewed[column][row])) continue;
      own ??= copied(after[column] as Numbers);
      own[index] = renewed[column][row];
      if (column !== "revision" && column !== "pk") changed.add(index);
    }
    if (own) set(after, column, own);
  }
  return { before, after, changed: [...changed] };
}

function set(
  facts: { -readonly [C in (typeof COLUMNS)[number]]: ObservationFacts[C] },
  column: (typeof COLUMNS)[number],
  numbers: Numbers,
) {
  (facts as Record<string, Numbers>)[column] = numbers;
}

function copied<T extends Numbers>(column: T): T {
  const copy = roomy(column.constructor as new (length: number) => T, column.length);
  copy.set(column);
  return copy;
}

/** The index of each row by its pk; −1 where there is none. */
function find(pks: Int32Array, rows: readonly ObservationRow[]): number[] {
  if (rows.length <= FEW) return rows.map(([, pk]) => pks.indexOf(pk));
  const places = new Map(rows.map(([, pk]) => [pk, -1]));
  for (let index = 0; index < pks.length; index++) if (places.has(pks[index])) places.set(pks[index], index);
  return rows.map(([, pk]) => places.get(pk)!);
}
