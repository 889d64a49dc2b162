import { compareCodePoints } from "../../scoring/compare-code-points";
import type { Basis } from "../../subgraphs/scores/basis";
import { sortInSteps } from "./sort-in-steps";

/** The slots of the models of the population that everybody sees, by name in code point order; step by step. */
export function shownSlots(basis: Basis): Generator<never[], number[]> {
  const { names } = basis.board;
  const shown = [...names.keys()].filter((slot) => basis.findings.population[slot] && basis.shows(slot));
  return sortInSteps(shown, (a, b) => compareCodePoints(names[a], names[b]));
}
