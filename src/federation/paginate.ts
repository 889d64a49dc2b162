import { Connection } from "./connection";
import type { Context } from "./context";
import { cursorWriter, invalidCursor, readCursor, type Key, type Position } from "./cursor";
import { limitNumber } from "./limit-list";
import { DEFAULT_PAGE, LARGEST_PAGE, type PageArguments } from "./page-arguments";

/** A list that is in memory as a whole, in its order. */
export interface Listing<Row, Node = Row> {
  /** Everything that decides what is listed and in which order: name of the list, its subject, filter, order. Goes into cursors, hashed. */
  readonly list: readonly unknown[];
  readonly rows: ArrayLike<Row>;
  /** What a row is found again by: unique in the list. */
  readonly keyOf: (row: Row) => Key;
  /**
   * The order of the list, by key. With it a cursor holds its place when its row has left the list; without it the row must still be
   * there, and a cursor whose row is not is refused.
   */
  readonly compare?: (a: Key, b: Key) => number;
  /** The revision that the order depends on, if it does: cursors carry it, so that a caller can tell where they come from. */
  readonly revision?: string;
  /** Default: the row itself. */
  readonly nodeOf?: (row: Row) => Node;
}

/** What the arguments of a page ask for, checked. Null: not given. */
export interface PageRequest {
  readonly first: number | null;
  readonly last: number | null;
  readonly after: Position | null;
  readonly before: Position | null;
}

/**
 * Checks the arguments of a page and reads its cursors. Neither `first` nor `last`: the first 25, or the last 25 if only `before` is
 * given. Throws BAD_USER_INPUT on a size that is negative or above 100, INVALID_CURSOR on a cursor of anything else.
 */
export function readPage(context: Context, list: readonly unknown[], page: PageArguments): PageRequest {
  limitNumber("first", page.first, { most: LARGEST_PAGE });
  limitNumber("last", page.last, { most: LARGEST_PAGE });
  const after = page.after == null ? null : readCursor(context, list, "after", page.after);
  const before = page.before == null ? null : readCursor(context, list, "before", page.before);
  const size = page.first == null && page.last == null ? DEFAULT_PAGE : null;
  const isBackward = before !== null && after === null;
  return { first: page.first ?? (isBackward ? null : size), last: page.last ?? (isBackward ? size : null), after, before };
}

/** The number of rows for which `isBefore` holds; it holds for the first ones and no others. */
function countWhile(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows before a position, and the rows before it and itself. */
function locate<Row>(
  { rows, keyOf, compare }: Listing<Row, unknown>,
  { key }: Position,
  argument: string,
): [before: number, through: number] {
  if (compare) {
    const before = countWhile(rows.length, (index) => compare(keyOf(rows[index]), key) < 0);
    return [before, before < rows.length && compare(keyOf(rows[before]), key) === 0 ? before + 1 : before];
  }
  for (let index = 0; index < rows.length; index++)
    if (keyOf(rows[index]).every((part, place) => part === key[place])) return [index, index + 1];
  throw invalidCursor(argument, "points at a row that is no longer in this list");
}

/**
 * One page of a list, by the algorithm of the Relay cursor connections specification (§4, "Pagination algorithm"), in both directions:
 * `hasNextPage` and `hasPreviousPage` are told wherever it permits. Throws what `readPage` throws.
 */
export function paginate<Row, Node = Row>(context: Context, listing: Listing<Row, Node>, page: PageArguments): Connection<Node> {
  const { rows, list, keyOf, revision = null, nodeOf = (row: Row) => row as unknown as Node } = listing;
  const { first, last, after, before } = readPage(context, list, page);
  const start = after ? locate(listing, after, "after")[1] : 0;
  const end = Math.max(start, before ? locate(listing, before, "before")[0] : rows.length);
  const firstEnd = first === null ? end : Math.min(end, start + first);
  const lastStart = last === null ? start : Math.max(start, firstEnd - last);
  return Connection.of({
    rows: Array.prototype.slice.call(rows, lastStart, firstEnd) as Row[],
    hasNextPage: first !== null ? end - start > first : before !== null && end < rows.length,
    hasPreviousPage: last !== null ? end - start > last : after !== null && start > 0,
    totalCount: rows.length,
    keyOf,
    nodeOf,
    writeCursor: cursorWriter(context, list, revision),
  });
}
