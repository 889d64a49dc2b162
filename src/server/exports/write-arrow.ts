import {
  AsyncByteQueue,
  Bool,
  type Data,
  type DataType,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import type { Batch, Column, Kind, Value } from "./column";

const TYPES: Readonly<Record<Kind, () => DataType>> = {
  text: () => new Utf8(),
  number: () => new Float64(),
  integer: () => new Int32(),
  instant: () => new TimestampMillisecond("UTC"),
  truth: () => new Bool(),
};

/** A bit a value, the first one lowest, 1 where `holds`. */
function bitsWhere(values: readonly Value[], holds: (value: Value) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(values.length / 8));
  for (let at = 0; at < values.length; at++) if (holds(values[at])) bits[at >> 3] |= 1 << (at & 7);
  return bits;
}

/** Texts one after the other, and where each begins and ends. */
function textsOf(values: readonly Value[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(values.length + 1);
  for (let at = 0; at < values.length; at++) valueOffsets[at + 1] = valueOffsets[at] + Buffer.byteLength((values[at] as string) ?? "");
  const data = Buffer.alloc(valueOffsets[values.length]);
  for (let at = 0; at < values.length; at++) if (values[at] !== null) data.write(values[at] as string, valueOffsets[at]);
  return { valueOffsets, data };
}

/** The buffers that Arrow's columnar format lays a column out in. */
function buffersOf(kind: Kind, values: readonly Value[]): object {
  if (kind === "text") return textsOf(values);
  if (kind === "truth") return { data: bitsWhere(values, (value) => value === true) };
  if (kind === "integer") return { data: Int32Array.from(values as number[]) };
  if (kind === "number") return { data: Float64Array.from(values as number[]) };
  return { data: BigInt64Array.from(values, (value) => BigInt((value as number) ?? 0)) };
}

function columnData(type: DataType, { kind }: Column, values: readonly Value[]): Data {
  const nullCount = values.reduce<number>((count, value) => count + Number(value === null), 0);
  const nullBitmap = nullCount > 0 ? bitsWhere(values, (value) => value !== null) : undefined;
  return makeData({ type, length: values.length, nullCount, nullBitmap, ...buffersOf(kind, values) } as never);
}

/** A queue of which the bytes are taken while the writer goes on. */
class TakenBytes extends AsyncByteQueue {
  private parts: Uint8Array[] = [];

  override write(part: ArrayBufferView): void {
    this.parts.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }

  take(): Buffer {
    const taken = Buffer.concat(this.parts);
    this.parts = [];
    return taken;
  }
}

/** Apache Arrow's IPC file format, a record batch a batch, uncompressed. `metadata` is the schema's. */
export async function* writeArrow(
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
  metadata: Readonly<Record<string, string>>,
): AsyncGenerator<Buffer> {
  const fields = columns.map(({ name, kind, isNeeded }) => new Field(name, TYPES[kind](), !isNeeded));
  const schema = new Schema(fields, new Map(Object.entries(metadata)));
  const bytes = new TakenBytes();
  const writer = new RecordBatchFileWriter().reset(bytes, schema);
  for await (const batch of batches) {
    const children = columns.map((column, at) => columnData(fields[at].type, column, batch[at]));
    const data = makeData({ type: new Struct(fields), length: batch[0].length, nullCount: 0, children });
    writer.write(new RecordBatch(schema, data));
    yield bytes.take();
  }
  writer.finish();
  yield bytes.take();
}
