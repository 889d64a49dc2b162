import type { Figure } from "./measure";
import type { Size } from "./subject";

const digits = (value: number, unit: Figure["unit"]): string =>
  unit === "ratio" ? value.toFixed(3) : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);

/** The sizes and figures as Markdown: one row a measure, one column a number of models. */
export function tellFigures(sizes: readonly Size[], figures: readonly Figure[]): string {
  const models = sizes.map((size) => size.models);
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const names = [...new Set(figures.map(({ name, unit }) => `${name}\0${unit}`))];
  return [
    row(["", "unit", ...models.map((count) => `${count.toLocaleString("en")} models`)]),
    row(["---", "---", ...models.map(() => "--:")]),
    row(["benchmarks", "", ...sizes.map(({ nodes }) => String(nodes))]),
    row(["observations", "", ...sizes.map(({ observations }) => observations.toLocaleString("en"))]),
    row([
      "leaf cells: scored, failed, not run",
      "",
      ...sizes.map(({ scored, failed }) => [scored, failed, 1 - scored - failed].map(percent).join(", ")),
    ]),
    ...names.map((key) => {
      const [name, unit] = key.split("\0");
      const of = (count: number): Figure | undefined =>
        figures.find((figure) => figure.name === name && figure.unit === unit && figure.models === count);
      return row([name, unit, ...models.map(of).map((figure) => (figure ? digits(figure.median, figure.unit) : ""))]);
    }),
  ].join("\n");
}
