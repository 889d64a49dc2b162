import type { Board } from "../../board/board";
import type { DomainBoard } from "../../board/domain-board";
import { allInSlices } from "../../board/in-slices";
import type { Step } from "../../board/rounds";
import { View } from "../../board/view";
import type { Basis } from "./basis";
import { presentBasis } from "./basis-under";
import { byMove, moves } from "./changes";

/** What was found between two boards of a domain, by the later one, and by the earlier one and the benchmark. */
const found = new WeakMap<DomainBoard, Map<string, Promise<readonly string[]>>>();

/** What everybody sees on a board: a change is found by what outsiders see, whoever is told of it (§10). */
const publicBasis = (board: Board, domain: DomainBoard): Basis => presentBasis(new View(board, null), domain);

/**
 * The ids of the models whose state, value or rank on a benchmark is not the same on two boards, the biggest move first, those who are
 * new or gone last. Found once for all who ask. Empty where the earlier board does not know the domain.
 */
export function movedModels({ from, to }: Step, slug: string, identifier: string): Promise<readonly string[]> {
  const [before, after] = [from.domain(slug), to.domain(slug)];
  if (!before || !after || before === after) return Promise.resolve([]);
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

async function find(before: Basis, after: Basis, identifier: string): Promise<readonly string[]> {
  const rows = await allInSlices(moves(before, after, identifier));
  return rows.sort((a, b) => byMove(a.key, b.key)).map(({ change }) => change.model.id);
}
