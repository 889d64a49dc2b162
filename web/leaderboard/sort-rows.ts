import type { Column } from "./columns";

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The places of the models in the order of a leaderboard: by rank, then by value, then by name; then those that failed, by name. Models that
 * were never run there are left out. `isReversed`: the worst first, but those that failed still last.
 */
export function sortRows(models: readonly string[], { values, ranks, states }: Column, isReversed: boolean): number[] {
  const places = models.map((_, place) => place);
  const scored = places
    .filter((place) => states[place] === "SCORED")
    .sort((a, b) => ranks[a]! - ranks[b]! || values[b]! - values[a]! || byCodePoint(models[a], models[b]));
  const failed = places.filter((place) => states[place] === "FAILED").sort((a, b) => byCodePoint(models[a], models[b]));
  return [...(isReversed ? scored.reverse() : scored), ...failed];
}
