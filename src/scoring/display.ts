import { FAILED, NOT_RUN, type State } from "./column";
import { roundTo } from "./rounding";

/** `.000` to `.999`. */
const THOUSANDTHS = Array.from({ length: 1000 }, (_, count) => `.${String(count).padStart(3, "0")}`);

/**
 * A cell as people read it (§4): `""` for NOT_RUN, `"X"` for FAILED, else three decimals without the zero before the point
 * (`.095`, `-.012`, `.000`), and one decimal where three would round to 1 or more in size (`1.0`, `-1.2`).
 * `value` is read only if the state is SCORED.
 */
export function display(state: State, value: number | null): string {
  if (state === NOT_RUN) return "";
  if (state === FAILED) return "X";
  const exact = value!;
  const rounded = roundTo(exact, 3);
  if (Math.abs(rounded) >= 1) return roundTo(exact, 1).toFixed(1);
  const text = THOUSANDTHS[Math.round(Math.abs(rounded) * 1000)];
  return rounded < 0 ? `-${text}` : text;
}
