import { compareCodePoints } from "../../scoring/compare-code-points";
import type { Basis } from "../../subgraphs/scores/basis";

/** The slots of the models of the population that everybody sees, by name in code point order. */
export function shownSlots(basis: Basis): number[] {
  const { names } = basis.board;
  return [...names.keys()]
    .filter((slot) => basis.findings.population[slot] && basis.shows(slot))
    .sort((a, b) => compareCodePoints(names[a], names[b]));
}
