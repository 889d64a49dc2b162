import { LRUCache } from "lru-cache";
import { aggregate } from "../scoring/aggregate";
import { snapshotAsOf } from "../scoring/as-of";
import { Scope } from "../scoring/scope";
import { Standings } from "../scoring/standings";
import { leafColumns } from "../scoring/winners";
import type { Conditions } from "./conditions";
import type { DomainBoard } from "./domain-board";
import { SharedWork } from "./shared-work";

/** Bytes of derived standings that a process keeps. */
const KEPT_BYTES = 256 * 1024 * 1024;

/** Bytes a cell: value, error and state, and the same value again in the ranking, sorted, with its key. */
const CELL_BYTES = 8 + 8 + 1 + 8 + 8;

/** The standings under conditions that were asked for last, of all boards of this process. A new board has new keys. */
const kept = new LRUCache<string, Standings>({
  maxSize: KEPT_BYTES,
  sizeCalculation: ({ columns, modelCount }) => 1 + columns.filter(Boolean).length * modelCount * CELL_BYTES,
});

const work = new SharedWork();

/** Everybody's values under all conditions but `among`: what a leaf's value is, and what parents make of it. */
function* values(board: DomainBoard, conditions: Conditions): Generator<void, Standings> {
  const { catalog, observations, models, publicModels } = board;
  const { asOf, only, weights, missing } = conditions;
  const { tree } = catalog;
  const moment =
    asOf === null
      ? {
          ...leafColumns(tree, observations, models.length, catalog.currentVersions),
          currentVersion: catalog.currentVersions,
          population: publicModels,
        }
      : snapshotAsOf(tree, board.versions, observations, publicModels, asOf);
  yield;
  const counts = Uint8Array.from(moment.currentVersion, (version, node) => Number(version > 0 && (only?.(node, version) ?? true)));
  const scope = new Scope(tree, counts, weights ?? undefined);
  const columns = aggregate(scope, moment.columns, models.length, missing);
  yield;
  return new Standings({ scope, columns, winners: moment.winners, population: moment.population, names: board.names, missing });
}

function* derive(board: DomainBoard, conditions: Conditions): Generator<void, Standings> {
  const valuesKey = keyOf(board, conditions.valuesKey, "");
  let standings = kept.get(valuesKey);
  if (!standings) {
    standings = yield* values(board, conditions);
    kept.set(valuesKey, standings);
  }
  if (!conditions.among) return standings;
  const isCounted = conditions.among(standings);
  const population = standings.population.map((counted, slot) => (counted && isCounted(slot) ? 1 : 0));
  const among = new Standings({ ...standings, population });
  kept.set(keyOf(board, conditions.valuesKey, conditions.amongKey), among);
  return among;
}

const keyOf = ({ serial }: DomainBoard, valuesKey: string, amongKey: string): string => JSON.stringify([serial, valuesKey, amongKey]);

/**
 * The standings of a board under conditions: at once if they are kept, else computed in slices, once for all who ask meanwhile. From
 * what the board holds in memory; the database is not asked. `signal` tells when the asker has gone.
 */
export function standingsUnder(board: DomainBoard, conditions: Conditions, signal?: AbortSignal): Standings | Promise<Standings> {
  const { valuesKey, amongKey } = conditions;
  if (!valuesKey && !amongKey) return board.standings();
  const key = keyOf(board, valuesKey, amongKey);
  return kept.get(key) ?? work.run(key, () => derive(board, conditions), signal);
}
