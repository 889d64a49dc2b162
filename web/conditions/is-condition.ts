/** True for a parameter of an address that names a condition. */
export const isCondition = (name: string): boolean =>
  ["asOf", "release", "missing", "weights"].includes(name) || name.startsWith("among.") || name.startsWith("only.");
