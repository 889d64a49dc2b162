import { paths } from "../app/routes";

/** Endings of the files of tables, and how they are called. */
const FORMATS: readonly (readonly [ending: string, name: string])[] = [
  ["csv", "CSV"],
  ["jsonl", "JSON lines"],
  ["parquet", "Parquet"],
  ["arrow", "Arrow"],
];

export interface FileLinksProps {
  readonly domain: string;
  /** The files' name without an ending. */
  readonly table: "scores" | "leaderboard" | "models" | "benchmarks";
  /** Conditions, as behind the address of a page. */
  readonly kept: string;
  /** The benchmark that a leaderboard is of. Default: the global root. */
  readonly benchmark?: string;
}

/** A table of a domain under conditions, as a file in each format. */
export function FileLinks({ domain, table, kept, benchmark }: FileLinksProps) {
  const search = new URLSearchParams(kept);
  if (benchmark !== undefined) search.set("benchmark", benchmark);
  const asked = search.size > 0 ? `?${search.toString()}` : "";
  return (
    <span className="files">
      {FORMATS.map(([ending, name]) => (
        <a key={ending} href={`${paths.file(domain, `${table}.${ending}`)}${asked}`} download>
          {name}
        </a>
      ))}
    </span>
  );
}
