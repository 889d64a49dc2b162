import { LRUCache } from "lru-cache";
import { aggregateInSteps } from "../scoring/aggregate";
import { populationAsOf, versionsAsOf } from "../scoring/as-of";
import { Scope } from "../scoring/scope";
import { Standings } from "../scoring/standings";
import type { Timeline } from "../scoring/timeline";
import { findLeafColumns } from "../scoring/winners";
import type { Conditions } from "./conditions";
import type { DomainBoard } from "./domain-board";
import { SharedWork } from "./shared-work";

/** Bytes of derived standings that a process keeps. */
const KEPT_BYTES = 256 * 1024 * 1024;

/** Bytes a cell: value, error and state, and the same value again in the ranking, sorted. */
export const CELL_BYTES = 8 + 8 + 1 + 8;

/** Standings under conditions, with what they do not say themselves. */
export interface Derived {
  readonly standings: Standings;
  /** Per node, the number of the version that counts under the conditions; 0 for none. */
  readonly versions: Int32Array;
}

/** What was asked for last, of all boards of this process. A new board has new keys. */
const kept = new LRUCache<string, Derived>({
  maxSize: KEPT_BYTES,
  sizeCalculation: ({ standings: { columns, modelCount } }) => 1 + columns.filter(Boolean).length * modelCount * CELL_BYTES,
});

/** How standings under conditions were asked for since the process began: for metrics. */
const counts = { keptTotal: 0, computedTotal: 0 };

/** How often a process found standings under conditions and computed them since it began, and what it keeps of them: for metrics. */
export interface DerivedCounts {
  /** Those that were kept when they were asked for; those that were computed, also if several waited for them. */
  readonly keptTotal: number;
  readonly computedTotal: number;
  /** Standings that are kept now, and their bytes. */
  readonly kept: number;
  readonly keptBytes: number;
}

export const derivedCounts = (): DerivedCounts => ({ ...counts, kept: kept.size, keptBytes: kept.calculatedSize });

const work = new SharedWork();

const present = (board: DomainBoard): Derived => ({ standings: board.standings(), versions: board.catalog.currentVersions });

/** Everybody's values under all conditions but `among`: what a leaf's value is, and what parents make of it. */
function* values(board: DomainBoard, conditions: Conditions): Generator<void, Derived> {
  const { catalog, models, names } = board;
  const { asOf, only, weights, missing } = conditions;
  const { tree, currentVersions } = catalog;
  // No leaf counts now that does not count without conditions: their values are there.
  const { columns, winners, currentVersion, population } =
    asOf === null ? { ...board.standings(), currentVersion: currentVersions } : yield* measuredBy(board, asOf);
  const counts = currentVersion.map((version, node) => Number(version > 0 && (only?.(node, version) ?? true)));
  const scope = new Scope(tree, Uint8Array.from(counts), weights ?? undefined);
  const aggregated = yield* aggregateInSteps(scope, columns, models.length, missing);
  const standings = new Standings({ scope, columns: aggregated, winners, population, names, missing });
  return { standings, versions: currentVersion };
}

/** What `snapshotAsOf` says, a pass over the observations a step. */
function* measuredBy({ catalog: { tree }, versions, observations, publicModels, models }: DomainBoard, asOf: number) {
  const currentVersion = versionsAsOf(tree, versions, observations, publicModels, asOf);
  yield;
  const { columns, winners } = yield* findLeafColumns(tree, observations, models.length, currentVersion, asOf);
  const population = populationAsOf(observations, publicModels, asOf);
  yield;
  return { columns, winners, currentVersion, population };
}

function* valuesOnce(board: DomainBoard, conditions: Conditions): Generator<void, Derived> {
  if (!conditions.valuesKey) return present(board);
  const key = keyOf(board, conditions.valuesKey, "");
  let all = kept.get(key);
  if (!all) kept.set(key, (all = yield* values(board, conditions)));
  return all;
}

function* derive(board: DomainBoard, conditions: Conditions): Generator<void, Derived> {
  counts.computedTotal++;
  const all = yield* valuesOnce(board, conditions);
  if (!conditions.among) return all;
  const isCounted = conditions.among(all.standings);
  const population = all.standings.population.map((counted, slot) => (counted && isCounted(slot) ? 1 : 0));
  const among = { ...all, standings: new Standings({ ...all.standings, population }) };
  kept.set(keyOf(board, conditions.valuesKey, conditions.amongKey), among);
  return among;
}

const keyOf = ({ serial }: DomainBoard, valuesKey: string, amongKey: string): string => JSON.stringify([serial, valuesKey, amongKey]);

/**
 * The standings of a board under conditions: at once if they are kept, else computed in slices, once for all who ask meanwhile. From
 * what the board holds in memory; the database is not asked. `signal` tells when the asker has gone.
 */
export function standingsUnder(board: DomainBoard, conditions: Conditions, signal?: AbortSignal): Derived | Promise<Derived> {
  const { valuesKey, amongKey } = conditions;
  if (!valuesKey && !amongKey) return present(board);
  const key = keyOf(board, valuesKey, amongKey);
  const known = kept.get(key);
  if (!known) return work.run(key, () => derive(board, conditions), signal);
  counts.keptTotal++;
  return known;
}

/** A board's timeline: at once if it is there, else put in order in slices, once for all who ask meanwhile. */
export function timelineOf(board: DomainBoard, signal?: AbortSignal): Timeline | Promise<Timeline> {
  return board.knownTimeline ?? work.run(JSON.stringify(["timeline", board.serial]), () => board.makeTimeline(), signal);
}
