import type { Batch, Column } from "./column";

/** One JSON object a line, each with all columns; null where nothing is known, instants by RFC 3339. */
export async function* writeJsonl(columns: readonly Column[], batches: AsyncIterable<Batch>): AsyncGenerator<Buffer> {
  const keys = columns.map(({ name }, at) => `${at === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  const isInstant = columns.map(({ kind }) => kind === "instant");
  for await (const batch of batches) {
    let lines = "";
    for (let row = 0; row < batch[0].length; row++) {
      for (let at = 0; at < batch.length; at++) {
        const value = batch[at][row];
        lines += keys[at] + JSON.stringify(isInstant[at] && value !== null ? new Date(value as number).toISOString() : value);
      }
      lines += "}\n";
    }
    yield Buffer.from(lines);
  }
}
