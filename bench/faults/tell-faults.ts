import type { Journal } from "./journal";

/** What came of some minutes of load with faults. */
export interface Account {
  readonly minutes: number;
  readonly journal: Journal;
  /** Milliseconds from the end of a fault until both servers read and wrote, by fault. */
  readonly recovered: ReadonlyMap<string, readonly number[]>;
  /** Of the process that was there all the time. */
  readonly resident: readonly { readonly at: number; readonly megabytes: number }[];
  readonly submissions: number;
  readonly files: number;
  readonly lost: readonly string[];
  readonly differing: readonly string[];
  /** Checked answers, each to another question or at another revision. */
  readonly distinct: number;
  readonly compared: { readonly answers: number; readonly numbers: number; readonly wrong: readonly string[] };
  /** Lines of the logs that tell of mistakes of ours. */
  readonly mistakes: readonly string[];
  readonly events: number;
  readonly connections: number;
  readonly unheard: number;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

/** The account as Markdown. `median`: of numbers. */
export function tellFaults(account: Account, median: (numbers: readonly number[]) => number): string {
  const { journal, recovered, resident, compared } = account;
  const excused = new Map<string, number>();
  for (const { kind, from, to } of journal.failures) if (journal.isExcused(from, to)) excused.set(kind, (excused.get(kind) ?? 0) + 1);
  const within = (from: number, to: number) =>
    median(resident.slice(Math.floor(from * resident.length), Math.ceil(to * resident.length)).map(({ megabytes }) => megabytes));
  const count = (number: number) => number.toLocaleString("en");
  const examples = [
    ...account.mistakes.map((line) => `log: ${line}`),
    ...journal.wrong.map((text) => `wrong: ${text}`),
    ...journal.unexcused.map(({ kind, from, told }) => `outside of faults: ${kind} at ${(from / 1_000).toFixed(0)} s: ${told}`),
    ...[...account.lost, ...account.differing, ...compared.wrong],
  ];
  return [
    `${account.minutes} minutes, two servers over one Postgres, ${journal.windows.length} faults; Node ${process.version}.`,
    "",
    "| asked | right | median, ms | p99, ms | failed during faults |",
    "| --- | --: | --: | --: | --: |",
    ...[...journal.taken].map(
      ([kind, taken]) =>
        `| ${kind} | ${count(taken.length)} | ${median(taken).toFixed(0)} | ${quantile(taken, 0.99).toFixed(0)} | ${count(excused.get(kind) ?? 0)} |`,
    ),
    `| events of ${count(account.connections)} subscriptions | ${count(account.events)} | | | ${count(excused.get("subscription") ?? 0)} |`,
    "",
    "| fault | times | well again after, median, s | at most, s |",
    "| --- | --: | --: | --: |",
    ...[...recovered].map(
      ([fault, times]) =>
        `| ${fault} | ${times.length} | ${(median(times) / 1_000).toFixed(1)} | ${(Math.max(...times) / 1_000).toFixed(1)} |`,
    ),
    "",
    "| checked | |",
    "| --- | --: |",
    `| submissions acknowledged | ${count(account.submissions)} |`,
    `| of these lost, doubled or in part | ${account.lost.length} |`,
    `| answers compared with the reference, of ${count(account.distinct)} different ones | ${count(compared.answers)} |`,
    `| numbers in them | ${count(compared.numbers)} |`,
    `| of these wrong | ${compared.wrong.length} |`,
    `| answers at the end unlike those of a fresh process | ${account.differing.length} |`,
    `| wrong answers of any kind | ${journal.wrong.length} |`,
    `| failures outside of faults | ${journal.unexcused.length} |`,
    `| events that came later than after 5 s, or never | ${account.unheard} |`,
    `| mistakes in the logs | ${account.mistakes.length} |`,
    `| resident MB of the process that stayed, by quarter of the time | ${[0, 1, 2, 3].map((at) => within(at / 4, (at + 1) / 4).toFixed(0)).join(", ")} |`,
    ...(examples.length > 0 ? ["", ...examples.slice(0, 30).map((text) => `- ${text.slice(0, 1_200).trim()}`)] : []),
  ].join("\n");
}
