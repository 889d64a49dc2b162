import type { Board } from "../../board/board";
import type { DomainBoard } from "../../board/domain-board";
import { allInSlices } from "../../board/in-slices";
import type { Step } from "../../board/rounds";
import { View } from "../../board/view";
import type { Basis } from "./basis";
import { presentBasis } from "./basis-under";
import { byMove, type Move, moves } from "./changes";

/** Models that one event names at most, and how many of these may be such as have no gain in ranks, if others would leave no room. */
const [AT_MOST, WITHOUT_GAIN] = [50, 10];

/** Ids of models that moved, each list the biggest move first, and no longer than one event may need. */
export interface Moved {
  /** Those who gained or lost ranks, or value alone. */
  readonly ranked: readonly string[];
  /** Those who are new or gone. */
  readonly others: readonly string[];
}

const NOBODY: Moved = { ranked: [], others: [] };

/** What was found between two boards of a domain, by the later one, and by the earlier one and the benchmark. */
const found = new WeakMap<DomainBoard, Map<string, Promise<Moved>>>();

/** What everybody sees on a board: a change is found by what outsiders see, whoever is told of it (§10). */
const publicBasis = (board: Board, domain: DomainBoard): Basis => presentBasis(new View(board, null), domain);

/**
 * The models whose state, value or rank on a benchmark is not the same on two boards. Found once for all who ask. Empty where the earlier
 * board does not know the domain.
 */
export function movedModels({ from, to }: Step, slug: string, identifier: string): Promise<Moved> {
  const [before, after] = [from.domain(slug), to.domain(slug)];
  if (!before || !after || before === after) return Promise.resolve(NOBODY);
  let kept = found.get(after);
  if (!kept) found.set(after, (kept = new Map()));
  const key = `${before.serial} ${identifier}`;
  let moved = kept.get(key);
  if (!moved) {
    moved = find(publicBasis(from, before), publicBasis(to, after), identifier);
    kept.set(key, moved);
    moved.catch(() => kept.delete(key));
  }
  return moved;
}

async function find(before: Basis, after: Basis, identifier: string): Promise<Moved> {
  const rows = (await allInSlices(moves(before, after, identifier))).sort((a, b) => byMove(a.key, b.key));
  const [ranked, others] = [true, false].map((isRanked) => rows.filter(({ key: [ranks] }) => Number(ranks) >= 0 === isRanked));
  // Of those who are gone, some are not for all to see: they take nobody's place.
  const isSeen = ({ change }: Move) => after.slotOfId(change.model.id) >= 0;
  const few = new Set([true, false].flatMap((seen) => others.filter((move) => isSeen(move) === seen).slice(0, AT_MOST)));
  const idsOf = (some: readonly Move[]) => some.map(({ change }) => change.model.id);
  return { ranked: idsOf(ranked.slice(0, AT_MOST)), others: idsOf(others.filter((move) => few.has(move))) };
}

/**
 * Whom an event names, of those whom its reader sees: the biggest moves first, then who is new or gone. One new model may move everybody
 * below it by a rank: it has a place all the same.
 */
export function chooseMovers({ ranked, others }: Moved, isSeen: (id: string) => boolean): string[] {
  const [moved, rest] = [ranked.filter(isSeen), others.filter(isSeen)];
  const last = rest.slice(0, Math.max(AT_MOST - moved.length, WITHOUT_GAIN));
  return [...moved.slice(0, AT_MOST - last.length), ...last];
}
