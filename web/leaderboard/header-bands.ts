/** A line over the columns of an open node and of all that is unfolded below it. */
export interface Band {
  readonly identifier: string;
  readonly label: string;
  readonly level: number;
  /** Number of its first column. */
  readonly start: number;
  /** How many columns it spans. */
  readonly span: number;
}

/** The bands over columns that stand in tree order: one for each node with a column of a deeper one right after its own. */
export function headerBands(columns: readonly { identifier: string; depth: number; benchmark: { shortName: string } }[]): Band[] {
  return columns.flatMap(({ identifier, depth, benchmark }, start) => {
    const after = columns.findIndex((column, place) => place > start && column.depth <= depth);
    const span = (after === -1 ? columns.length : after) - start;
    return span > 1 ? [{ identifier, label: benchmark.shortName, level: depth, start, span }] : [];
  });
}
