import type { Batch, Column } from "./column";
import { writeArrow } from "./write-arrow";
import { writeCsv } from "./write-csv";
import { writeJsonl } from "./write-jsonl";
import { writeParquet } from "./write-parquet";

/** How rows are written. */
export interface Format {
  readonly mediaType: string;
  readonly description: string;
  /** True for what is compressed already: it is not compressed again on its way. */
  readonly isPacked: boolean;
  readonly write: (
    columns: readonly Column[],
    batches: AsyncIterable<Batch>,
    metadata: Readonly<Record<string, string>>,
  ) => AsyncGenerator<Buffer>;
}

/** The formats of tables, by the ending of a file's name. */
export const FORMATS: Readonly<Record<string, Format>> = {
  csv: {
    mediaType: "text/csv; charset=utf-8; header=present",
    description: "CSV by RFC 4180, safe for spreadsheets",
    isPacked: false,
    write: writeCsv,
  },
  jsonl: { mediaType: "application/jsonl; charset=utf-8", description: "one JSON object a line", isPacked: false, write: writeJsonl },
  parquet: { mediaType: "application/vnd.apache.parquet", description: "Apache Parquet", isPacked: true, write: writeParquet },
  arrow: {
    mediaType: "application/vnd.apache.arrow.file",
    description: "Apache Arrow's IPC file format (Feather 2)",
    isPacked: false,
    write: writeArrow,
  },
};
