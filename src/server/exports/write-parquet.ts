import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { invariant } from "../../errors";
import type { Batch, Column, Kind } from "./column";

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

/** Apache Parquet, a row group a batch, compressed by Snappy. `metadata` stands in the footer. */
export async function* writeParquet(
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
  metadata: Readonly<Record<string, string>>,
): AsyncGenerator<Buffer> {
  const bytes = new TakenBytes();
  const schema: Schema = [
    { name: "rows", num_children: columns.length },
    ...columns.map(({ name, kind, isNeeded }) => ({ name, ...TYPES[kind], repetition_type: isNeeded ? "REQUIRED" : "OPTIONAL" }) as const),
  ];
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  const writer = new ParquetWriter({ writer: bytes, schema, kvMetadata, createdBy: "scoretree" });
  for await (const batch of batches) {
    const columnData = columns.map(({ name, kind }, at) => ({
      name,
      data: kind === "instant" ? batch[at].map((value) => (value === null ? null : BigInt(value as number))) : [...batch[at]],
      // What hardly ever repeats is not looked for repetitions.
      ...(kind === "number" ? { encoding: "PLAIN" as const } : {}),
    }));
    await writer.write({ columnData, rowGroupSize: batch[0].length });
    yield bytes.take();
  }
  await writer.finish();
  yield writer.row_groups.length > 0 ? bytes.take() : mendEmptyList(bytes.take());
}
