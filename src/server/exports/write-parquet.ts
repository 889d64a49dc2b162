import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { invariant } from "../../errors";
import type { Batch, Column, Kind, Value } from "./column";
import { nextTurn } from "./in-batches";

type Schema = ConstructorParameters<typeof ParquetWriter>[0]["schema"];

const TYPES: Readonly<Record<Kind, Omit<Schema[number], "name">>> = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  number: { type: "DOUBLE" },
  integer: { type: "INT32" },
  instant: {
    type: "INT64",
    converted_type: "TIMESTAMP_MILLIS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
  truth: { type: "BOOLEAN" },
};

/** Rows and values that a row group holds. */
const MOST_ROWS = 24 * 1024;
const MOST_VALUES = 1_536 * 1024;

/** A writer whose bytes are taken out of it while it goes on. */
class TakenBytes extends ByteWriter {
  take(): Buffer {
    const taken = Buffer.from(this.getBytes());
    this.index = 0;
    return taken;
  }
}

/** In the footer of a file without rows: the number of rows (0), then a list of row groups, empty and said to be of no type. */
const NO_GROUPS = Buffer.from([0x16, 0x00, 0x19, 0x00]);

/** The type of a list of structures in Thrift's compact protocol. */
const OF_STRUCTURES = 0x0c;

/** hyparquet-writer guesses the type of a list from its first element. Strict readers refuse what it says of a list of no row groups. */
function mendEmptyList(footer: Buffer): Buffer {
  const at = footer.indexOf(NO_GROUPS);
  invariant(at >= 0, "the footer of a file without rows has an empty list of row groups");
  footer[at + NO_GROUPS.length - 1] = OF_STRUCTURES;
  return footer;
}

/** A writer of one column, whose chunks stand among those of others. Only what it writes itself is magic, of which there is one a file. */
function columnWriter(bytes: TakenBytes, element: Schema[number]): ParquetWriter {
  const writer = new ParquetWriter({ writer: new ByteWriter(), schema: [{ name: "rows", num_children: 1 }, element], statistics: false });
  writer.writer = bytes;
  return writer;
}

/**
 * Apache Parquet, compressed by Snappy. A row group is made of several batches, and written column by column, each in a turn of its own:
 * many small groups, or statistics of each column in each, would make the footer large, which is written at once. `metadata` stands in it.
 */
export async function* writeParquet(
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
  metadata: Readonly<Record<string, string>>,
): AsyncGenerator<Buffer> {
  const bytes = new TakenBytes();
  const elements = columns.map(
    ({ name, kind, isNeeded }) => ({ name, ...TYPES[kind], repetition_type: isNeeded ? "REQUIRED" : "OPTIONAL" }) as const,
  );
  const schema: Schema = [{ name: "rows", num_children: columns.length }, ...elements];
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  const file = new ParquetWriter({ writer: bytes, schema, kvMetadata, createdBy: "scoretree" });
  const writers = elements.map((element) => columnWriter(bytes, element));
  const most = Math.min(MOST_ROWS, Math.ceil(MOST_VALUES / columns.length));

  for await (const group of inGroups(batches, columns.length, most)) {
    const rows = group[0].length;
    for (const [at, { name, kind }] of columns.entries()) {
      // What hardly ever repeats is not looked for repetitions.
      const column = { name, data: dataOf(kind, group[at]), ...(kind === "number" ? { encoding: "PLAIN" as const } : {}) };
      await writers[at].write({ columnData: [column], rowGroupSize: rows });
      yield bytes.take();
      await nextTurn();
    }
    const chunks = writers.map((writer) => writer.row_groups.pop()!);
    const sum = (of: (chunk: (typeof chunks)[number]) => bigint | undefined) => chunks.reduce((all, chunk) => all + (of(chunk) ?? 0n), 0n);
    file.row_groups.push({
      columns: chunks.flatMap((chunk) => chunk.columns),
      num_rows: BigInt(rows),
      total_byte_size: sum((chunk) => chunk.total_byte_size),
      total_compressed_size: sum((chunk) => chunk.total_compressed_size),
    });
    file.num_rows += BigInt(rows);
    file.pendingIndexes.push(...writers.flatMap((writer) => writer.pendingIndexes.splice(0)));
  }
  await file.finish();
  yield file.row_groups.length > 0 ? bytes.take() : mendEmptyList(bytes.take());
}

const dataOf = (kind: Kind, values: Value[]): Value[] | (bigint | null)[] =>
  kind === "instant" ? values.map((value) => (value === null ? null : BigInt(value as number))) : values;

/** Batches put together up to so many rows and the rest of a batch. */
async function* inGroups(batches: AsyncIterable<Batch>, columns: number, most: number): AsyncGenerator<Value[][]> {
  const empty = (): Value[][] => Array.from({ length: columns }, () => []);
  let group = empty();
  for await (const batch of batches) {
    for (const [at, values] of batch.entries()) for (const value of values) group[at].push(value);
    if (group[0].length < most) continue;
    yield group;
    group = empty();
  }
  if (group[0].length > 0) yield group;
}
