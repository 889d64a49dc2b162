import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef } from "react";
import { paths } from "../app/routes";
import type { Placed } from "../tree/tree";
import type { Columns } from "./columns";
import { headerBands } from "./header-bands";
import type { LeaderboardNode } from "./queries";
import { TableHead } from "./table-head";
import { useTableMeasures } from "./table-measures";
import { type ShownColumn, TableRow } from "./table-row";

export interface ScoreTableProps {
  readonly domain: string;
  readonly columns: readonly Placed<LeaderboardNode>[];
  readonly known: Columns;
  /** Places of the models, in the order of the rows. */
  readonly rows: readonly number[];
  readonly sortedBy: string;
  readonly isReversed: boolean;
  readonly shows: "value" | "rank";
  /** The ends of the colours of a column. */
  readonly rangeOf: (node: Placed<LeaderboardNode>) => readonly [number, number];
  readonly isOpen: (identifier: string) => boolean;
  readonly onSort: (identifier: string) => void;
  readonly onFold: (identifier: string) => void;
  /** Put behind the address of a model's card. */
  readonly kept: string;
  readonly isWaiting: boolean;
}

/** The table of a leaderboard. Only the rows and columns in sight are in the page. */
export function ScoreTable(props: ScoreTableProps) {
  const { domain, columns, known, rows, sortedBy, isReversed, shows, rangeOf, isOpen, onSort, onFold, kept, isWaiting } = props;
  const frame = useRef<HTMLDivElement>(null);
  const measures = useTableMeasures();
  const bands = useMemo(() => headerBands(columns), [columns]);
  const headHeight = Math.max(0, ...bands.map(({ level }) => level + 1)) * measures.band + measures.names;
  const across = useVirtualizer({
    ...{ horizontal: true, count: columns.length, overscan: 3, useFlushSync: false, paddingStart: measures.first },
    getScrollElement: () => frame.current,
    estimateSize: () => measures.column,
  });
  const down = useVirtualizer({
    ...{ count: rows.length, overscan: 8, useFlushSync: false, paddingStart: headHeight },
    getScrollElement: () => frame.current,
    estimateSize: () => measures.row,
  });
  useLayoutEffect(() => {
    across.measure();
    down.measure();
  }, [across, down, measures, headHeight]);
  useLayoutEffect(() => void frame.current?.scrollTo({ top: 0 }), [sortedBy, isReversed]);

  const inSight = across.getVirtualItems();
  const first = inSight[0]?.index ?? 0;
  const last = inSight.at(-1)?.index ?? -1;
  const shown = useMemo(
    () =>
      columns.slice(first, last + 1).map((node, offset): ShownColumn => {
        const [low, high] = rangeOf(node);
        const index = first + offset;
        const start = measures.first + index * measures.column;
        return { identifier: node.identifier, index, start, cells: known.cells.get(node.identifier) ?? null, low, high };
      }),
    [columns, first, last, known, rangeOf, measures],
  );
  const ranks = known.cells.get(sortedBy)?.ranks;
  const label = `Models by their rank on ${sortedBy}`;
  return (
    <div className={`scores ${isWaiting ? "waiting" : ""}`} ref={frame} tabIndex={0} role="region" aria-label={label}>
      <div
        role="table"
        aria-label={label}
        aria-busy={isWaiting}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        className="sheet"
        style={{ width: across.getTotalSize(), height: down.getTotalSize() }}
      >
        <TableHead {...{ columns, bands, measures, sortedBy, isReversed, isOpen, onSort, onFold }} corner="Model" />
        {down.getVirtualItems().map(({ index, start }) => {
          const place = rows[index];
          const name = known.models[place];
          const to = paths.model(domain, name) + kept;
          return (
            <TableRow
              key={name}
              {...{ name, to, place, index, sortedBy, shows }}
              top={start}
              rank={ranks?.[place] ?? null}
              columns={shown}
            />
          );
        })}
      </div>
    </div>
  );
}
