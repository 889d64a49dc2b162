/** Number of the last step of the colours of `style/ramp.css`. */
const LAST = 20;

/** The class of the colour of a value between `low` and `high`. What lies outside has the colour of the nearer end. */
export function rampStep(value: number, low: number, high: number): string {
  const share = high > low ? (value - low) / (high - low) : 1;
  return `ramp-${Math.round(Math.min(1, Math.max(0, share)) * LAST)}`;
}
