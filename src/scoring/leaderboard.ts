import { FAILED, SCORED, type Column } from "./column";

/**
 * The population's models in the order of a leaderboard (§5): by rank, which is by exact value descending, equal values by name;
 * then the FAILED ones by name; NOT_RUN ones are left out. `population`: 1 for each model counted. `nameOrder`: the place of each
 * model's name in code point order.
 */
export function leaderboard({ values, states }: Column, population: Uint8Array, nameOrder: Int32Array): Int32Array {
  const models: number[] = [];
  for (let model = 0; model < states.length; model++) {
    if (population[model] && (states[model] === SCORED || states[model] === FAILED)) models.push(model);
  }
  return Int32Array.from(models).sort(
    (a, b) =>
      states[b] - states[a] || (states[a] === SCORED && values[a] !== values[b] ? values[b] - values[a] : nameOrder[a] - nameOrder[b]),
  );
}
