import { benchmarksTable } from "./benchmarks-table";
import type { Batch } from "./column";
import { FORMATS } from "./formats";
import { inBatches } from "./in-batches";
import { leaderboardTable } from "./leaderboard-table";
import { modelsTable } from "./models-table";
import { scoresTable } from "./scores-table";
import type { Subject, Table } from "./table";
import { writeBibliography } from "./write-bibliography";

/** A file of a domain. */
export interface ExportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly description: string;
  /** True for what is compressed already. */
  readonly isPacked: boolean;
  /** True if it is about one benchmark. */
  readonly isOfBenchmark: boolean;
  /** Names what it consists of: another text as soon as files of an earlier program are not the same. */
  readonly shape: string;
  /** Its bytes, made only as fast as they are taken. `metadata` stands in it where its format has a place for that. */
  readonly write: (subject: Subject, metadata: Readonly<Record<string, string>>) => AsyncIterable<Buffer>;
}

/** The tables, by the name of their files. */
export const TABLES: Readonly<Record<string, Table>> = {
  scores: scoresTable,
  leaderboard: leaderboardTable,
  models: modelsTable,
  benchmarks: benchmarksTable,
};

const tableFiles = Object.entries(TABLES).flatMap(([table, { description, columns, furtherColumns, rows }]) =>
  Object.entries(FORMATS).map(([ending, { mediaType, isPacked, write, description: format }]): ExportFile => ({
    name: `${table}.${ending}`,
    ...{ mediaType, isPacked, isOfBenchmark: table === "leaderboard", shape: columns.map(({ name }) => name).join() },
    description: `${description} As ${format}.`,
    write(subject, metadata) {
      const all = [...columns, ...(furtherColumns?.(subject) ?? [])];
      const batches: AsyncIterable<Batch> = inBatches(rows(subject), all.length, subject.context.signal);
      return write(all, batches, metadata);
    },
  })),
);

/** Every file that a domain has, by name. */
export const FILES: ReadonlyMap<string, ExportFile> = new Map(
  [
    ...tableFiles,
    {
      name: "references.bib",
      mediaType: "application/x-bibtex; charset=utf-8",
      description: "What the domain and the benchmarks of the tree under the conditions are to be cited by, as BibTeX.",
      ...{ isPacked: false, isOfBenchmark: false, shape: "" },
      write: writeBibliography,
    },
  ].map((file) => [file.name, file]),
);
