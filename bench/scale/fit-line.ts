/** A straight line: y = start + slope · x. */
export interface Line {
  readonly start: number;
  readonly slope: number;
  /** The largest share, 0 to 1, by which a point is off the line, of the point. */
  readonly off: number;
}

/** The line of least squares through the points. Throws under two of them with different x. */
export function fitLine(x: readonly number[], y: readonly number[]): Line {
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [middleX, middleY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, each) => sum + (each - middleX) ** 2, 0);
  if (!(spread > 0)) throw new Error("A line needs two different sizes.");
  const slope = x.reduce((sum, each, place) => sum + (each - middleX) * (y[place] - middleY), 0) / spread;
  const start = middleY - slope * middleX;
  const off = Math.max(
    ...x.map((each, place) => Math.abs(start + slope * each - y[place]) / Math.max(Math.abs(y[place]), Number.MIN_VALUE)),
  );
  return { start, slope, off };
}

/** What the line says of a size. */
export const at = ({ start, slope }: Line, x: number): number => start + slope * x;

/** The power of the size by which a measure grows from its first point to its last: 1 is with the size, 2 with its square, 0 not at all. */
export function growth(x: readonly number[], y: readonly number[]): number {
  return Math.log(y.at(-1)! / y[0]) / Math.log(x.at(-1)! / x[0]);
}
