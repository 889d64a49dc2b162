/** Rounds half away from zero; what floating point left a hair below an edge counts as on it. */
function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return (Math.sign(value) * Math.floor(Math.abs(value) * factor + 0.5 + 10 ** (decimals - 12))) / factor;
}

/** A value as people read it, as the API's `display`: `.095`, `1.0`, `-1.2`. `decimals`: below 1. */
export function displayValue(value: number, decimals = 3): string {
  const rounded = round(value, decimals);
  if (Math.abs(rounded) >= 1) return round(value, 1).toFixed(1);
  return (Object.is(rounded, -0) ? 0 : rounded).toFixed(decimals).replace(/^(-?)0\./, "$1.");
}
