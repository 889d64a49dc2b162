import { type BrainscoreReport } from "../dataset/brainscore/import-brainscore";

/** What a reading of a Brain-Score site met, as lines for people. */
export function describeSource({ source, read, absent, domains, repairs, leftOut, noPlace }: BrainscoreReport): string[] {
  return [
    `${source}:`,
    ...section(
      "Read",
      read.map(({ table, rows }) => `${table.padEnd(32)} ${rows.toLocaleString("en")}`),
    ),
    ...section("Not there", absent),
    ...section(
      "Mapped",
      domains.flatMap(({ domain, globalRoot, rawRoots, rows }) => [
        `domain ${domain}: root ${globalRoot}${rawRoots.length > 0 ? `; raw: ${rawRoots.join(", ")}` : ""}`,
        `  ${Object.entries(rows)
          .map(([table, count]) => `${table} ${count.toLocaleString("en")}`)
          .join(", ")}`,
      ]),
    ),
    ...section("Repaired", repairs.flatMap(tell)),
    ...section("Left out", leftOut.flatMap(tell)),
    ...section("Not read: no place for it here", noPlace),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];

const tell = ({ what, count, examples }: BrainscoreReport["repairs"][number]): string[] => [
  `${count.toLocaleString("en")} × ${what}`,
  ...examples.map(({ where, got }) => `    ${where}: ${got}`),
];
