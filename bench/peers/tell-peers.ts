import { middle, type PeerFigure } from "./measure-peers";

/** Three digits, as tables have them. */
export const threeDigits = (value: number): string =>
  value.toLocaleString("en", { maximumSignificantDigits: value >= 1_000 ? 4 : 3, minimumSignificantDigits: 2 });

/** Milliseconds as the load tells them: whole ones, so that what is faster than one is none. */
const wholeMilliseconds = (value: number): string => (value < 1 ? "< 1" : threeDigits(value));

/** A share of PostgreSQL that is too small to be a request's own is what it does besides. */
const ofPostgres = (value: number): string => (value < 0.01 ? "0" : threeDigits(value));

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const COLUMNS = [
  "requests/s",
  "p50, ms",
  "p99, ms",
  "bytes",
  "ms on processors a request: server",
  "PostgreSQL",
  "core in use",
  "memory, MB",
];

/** The figures as Markdown: a table a question, a row a server, each cell the median of the rounds. */
export function tellPeers(figures: readonly PeerFigure[]): string {
  const questions = [...new Set(figures.map(({ question }) => question))];
  return questions
    .map((question) =>
      [
        row([question, ...COLUMNS]),
        row(["---", ...COLUMNS.map(() => "--:")]),
        ...figures
          .filter((figure) => figure.question === question)
          .map((figure) => {
            const [rate, processor] = [middle(figure, "requestsPerSecond"), middle(figure, "processor")];
            return row([
              figure.server,
              threeDigits(rate),
              ...[middle(figure, "p50"), middle(figure, "p99")].map(wholeMilliseconds),
              figure.bytes.toLocaleString("en"),
              threeDigits(processor),
              ofPostgres(middle(figure, "postgres")),
              `${((rate * processor) / 10).toFixed(0)} %`,
              middle(figure, "memory").toFixed(0),
            ]);
          }),
      ].join("\n"),
    )
    .join("\n\n");
}
