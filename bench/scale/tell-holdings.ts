import { growth } from "./fit-line";
import type { Holding } from "./hold-board";

/** Grows worse than this and it is told. */
const WORSE_THAN_LINEAR = 1.15;

/** What is too short to tell its growth, in milliseconds. */
const TOO_SHORT = 2;

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const short = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: value >= 1_000 ? 4 : 3 });
const megabytes = (bytes: number): string => short(bytes / 2 ** 20);

/** Boards of several sizes as a Markdown table: one column a size, and the power of the size by which a measure grows. */
export function tellHoldings(holdings: readonly Holding[]): string {
  const sizes = holdings.map(({ models }) => models);
  const power = (values: readonly number[]): string => growth(sizes, values).toFixed(2);
  const each = (tell: (holding: Holding) => string): string[] => holdings.map(tell);
  const bytes = (of: (holding: Holding) => number): string[] => [...each((holding) => megabytes(of(holding))), power(holdings.map(of))];
  const rows = [
    row(["", "unit", ...sizes.map((models) => `${models.toLocaleString("en")} models`), "grows with models to the power"]),
    row(["---", "---", ...sizes.map(() => "--:"), "--:"]),
    row(["benchmarks, leaves of the global root", "", ...each(({ nodes, leaves }) => `${nodes}, ${leaves}`), ""]),
    row(["observations", "", ...each(({ observations }) => observations.toLocaleString("en")), ""]),
    row(["cells; scored", "", ...each(({ cells, scored }) => `${short(cells)}; ${((100 * scored) / cells).toFixed(0)} %`), ""]),
    row(["memory: models", "MB", ...bytes((holding) => holding.bytes.models)]),
    row(["memory: observations, with room for a quarter more", "MB", ...bytes((holding) => holding.bytes.observations)]),
    row(["memory: values, states, errors, winners", "MB", ...bytes((holding) => holding.bytes.columns)]),
    row(["memory: sorted columns for ranks", "MB", ...bytes((holding) => holding.bytes.ranks)]),
    row(["memory: the process at its highest, all of this page", "MB", ...bytes((holding) => holding.peakBytes)]),
    row(["a model", "bytes", ...each((holding) => short(holding.bytes.models / holding.models)), ""]),
    row(["an observation", "bytes", ...each((holding) => short(holding.bytes.observations / holding.observations)), ""]),
    row(["a cell, columns", "bytes", ...each((holding) => short(holding.bytes.columns / holding.cells)), ""]),
    row(["a cell, sorted columns", "bytes", ...each((holding) => short(holding.bytes.ranks / holding.cells)), ""]),
  ];
  for (const name of Object.keys(holdings[0].efforts)) {
    const taken = holdings.map(({ efforts }) => efforts[name]);
    const processor = taken.map((effort) => effort.processor);
    rows.push(
      row([name, "ms (on processors)", ...taken.map((effort) => `${short(effort.clock)} (${short(effort.processor)})`), power(processor)]),
    );
  }
  for (const name of Object.keys(holdings[0].longestTurns)) {
    const turns = holdings.map(({ longestTurns }) => longestTurns[name] ?? NaN);
    rows.push(row([`${name}: longest turn of the event loop, at work`, "ms", ...turns.map(short), power(turns)]));
  }
  for (const name of Object.keys(holdings[0].served)) {
    const of = holdings.map(({ served }) => served[name]);
    rows.push(
      row([`${name} over HTTP, 10 connections`, "requests/s", ...of.map(({ rate }) => short(rate)), power(of.map(({ rate }) => rate))]),
      row([
        `${name} over HTTP`,
        "ms on processors a request",
        ...of.map(({ processor }) => short(processor)),
        power(of.map(({ processor }) => processor)),
      ]),
    );
  }
  return rows.join("\n");
}

/** The measures that take long and grow worse than with the number of models. */
export function offenders(holdings: readonly Holding[]): string[] {
  const sizes = holdings.map(({ models }) => models);
  return Object.keys(holdings[0].efforts).flatMap((name) => {
    const taken = holdings.map(({ efforts }) => efforts[name].processor);
    const power = growth(sizes, taken);
    return taken.at(-1)! > TOO_SHORT && power > WORSE_THAN_LINEAR
      ? [`${name}: with the number of models to the power ${power.toFixed(2)}`]
      : [];
  });
}
