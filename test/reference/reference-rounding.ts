/** §4: sign(v) · floor(|v| · 10^d + 0.5 + 10^(d−12)) / 10^d; −0 is 0. */
export function round(value: number, decimals: number): number {
  const rounded = (Math.sign(value) * Math.floor(Math.abs(value) * 10 ** decimals + 0.5 + 1 / 10 ** (12 - decimals))) / 10 ** decimals;
  return rounded === 0 ? 0 : rounded;
}

/** §4: what a cell shows. */
export function show(state: string, value: number | null): string {
  if (state === "NOT_RUN") return "";
  if (state === "FAILED") return "X";
  const sign = round(value!, 3) < 0 ? "-" : "";
  const size = Math.abs(value!);
  if (round(size, 3) >= 1) {
    const tenths = Math.round(round(size, 1) * 10);
    return `${sign}${Math.floor(tenths / 10)}.${tenths % 10}`;
  }
  return `${sign}.${String(Math.round(round(size, 3) * 1000)).padStart(3, "0")}`;
}
