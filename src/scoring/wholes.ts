/** Whole numbers from 0 on, in as few bytes each as the highest of them lets. */
export type Wholes =
  Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Makes a column of zeros that holds numbers up to `highest`, at most 2^53. */
export function wholesUpTo(highest: number): new (length: number) => Wholes {
  if (highest < 2 ** 8) return Uint8Array;
  if (highest < 2 ** 16) return Uint16Array;
  return highest < 2 ** 32 ? Uint32Array : Float64Array;
}

/** The same numbers in a column that holds numbers up to `highest` too: the column itself if it does. */
export function ableToHold(column: Wholes, highest: number): Wholes {
  const type = wholesUpTo(highest);
  if (new type(0).BYTES_PER_ELEMENT <= column.BYTES_PER_ELEMENT) return column;
  const wider = new type(column.length);
  wider.set(column);
  return wider;
}
