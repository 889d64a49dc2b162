import { isDeepStrictEqual } from "node:util";
import type { Row } from "./write-rows";

/** The columns of a row that say something else than what is kept, as read from its table. Undefined ones say nothing. */
export const changedColumns = (row: Row, kept: Row): Row =>
  Object.fromEntries(
    Object.entries(row).filter(([column, value]) => value !== undefined && !isDeepStrictEqual(comparable(value), comparable(kept[column]))),
  );

/** The classes of values do not matter: an instant is its text, a list of inputs that of plain objects. */
const comparable = (value: unknown): unknown => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown));
