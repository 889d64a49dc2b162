import { type ImportReport } from "../dataset/import-dataset";
import { count } from "./count";

const NOUNS: Readonly<Record<string, string>> = { benchmark_version: "version", sample_file: "sample file" };

/** What an import did, or with `isDryRun` would do, as lines for people. */
export function describeImport({ domain, tables, written, revision, retracted, leftRetracted }: ImportReport, isDryRun: boolean): string {
  const touched = tables.filter(({ added, changed }) => added + changed > 0);
  const unchanged = tables.reduce((sum, table) => sum + table.unchanged, 0);
  const lines = touched.map(({ table, added, changed }) => {
    const parts = [added > 0 ? `${added.toLocaleString("en")} new` : "", changed > 0 ? `${changed.toLocaleString("en")} changed` : ""];
    const extra = table === "observation" && retracted > 0 ? ` (${retracted} retracted)` : "";
    return `  ${`${NOUNS[table] ?? table}s`.padEnd(14)} ${parts.filter(Boolean).join(", ")}${extra}`;
  });
  const notes =
    leftRetracted > 0
      ? [
          `  ${count(leftRetracted, "observation")} of the folder ${leftRetracted === 1 ? "is" : "are"} retracted in the database and stay so.`,
        ]
      : [];
  const same = `${count(unchanged, "fact")} unchanged`;
  if (touched.length === 0) return [`Nothing to write: domain ${domain} has it all already (${same}).`, ...notes].join("\n");
  const head = isDryRun
    ? `Would write to domain ${domain} (${same}); nothing was written:`
    : `Wrote ${count(written, "fact")} to domain ${domain} (${same}); now at revision ${revision}:`;
  return [head, ...lines, ...notes].join("\n");
}
