import { Fragment } from "react";
import { prefixOf } from "../tree/prefix-of";
import type { Placed } from "../tree/tree";
import type { Band } from "./header-bands";
import type { LeaderboardNode } from "./queries";
import type { TableMeasures } from "./table-measures";

export interface TableHeadProps {
  readonly columns: readonly Placed<LeaderboardNode>[];
  readonly bands: readonly Band[];
  readonly measures: TableMeasures;
  readonly sortedBy: string;
  readonly isReversed: boolean;
  readonly isOpen: (identifier: string) => boolean;
  readonly onSort: (identifier: string) => void;
  readonly onFold: (identifier: string) => void;
  /** What stands over the models' names. */
  readonly corner: string;
}

/** What tells a band from the next one, in pixels. */
const BETWEEN = 5;

/** A name that may be broken behind its signs. */
const breakable = (name: string) =>
  name.split(/(?<=[._-])/).map((part, place) => (
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));

/** The tree as a header: a band over all that is unfolded below a node, and each column's name, which sorts, over a button that unfolds it. */
export function TableHead({ columns, bands, measures, sortedBy, isReversed, isOpen, onSort, onFold, corner }: TableHeadProps) {
  const levels = Math.max(0, ...bands.map(({ level }) => level + 1));
  return (
    <div role="row" className="head" aria-rowindex={1} style={{ height: levels * measures.band + measures.names }}>
      <div role="columnheader" className="first corner" aria-colindex={1}>
        {corner}
      </div>
      {bands.map(({ identifier, label, level, start, span }) => (
        <div
          key={identifier}
          role="presentation"
          className="band"
          style={{ left: measures.first + start * measures.column, width: span * measures.column - BETWEEN, top: level * measures.band }}
        >
          <span style={{ left: measures.first + 6, marginLeft: measures.column + 6, maxWidth: (span - 1) * measures.column - 6 }}>
            {label}
          </span>
        </div>
      ))}
      {columns.map(({ identifier, benchmark, children, leafCount, weight, depth, above }, index) => {
        const isSorted = identifier === sortedBy;
        const sorting = isSorted ? (isReversed ? "ascending" : "descending") : "none";
        const top = (children.length > 0 && isOpen(identifier) ? depth + 1 : Math.min(depth, levels)) * measures.band;
        return (
          <div
            key={identifier}
            role="columnheader"
            aria-colindex={index + 2}
            aria-sort={sorting}
            className={`name ${isSorted ? "sorted" : ""} ${children.length > 0 ? "parent" : ""}`}
            style={{ left: measures.first + index * measures.column, top }}
          >
            <button type="button" className="sort" title={`${identifier}: sort`} onClick={() => onSort(identifier)}>
              <span>
                {breakable(benchmark.shortName.slice(prefixOf(benchmark.shortName, above).length))}
                {weight !== 1 && <em> ×{weight}</em>}
              </span>
            </button>
            {children.length > 0 ? (
              <button
                type="button"
                className="fold"
                aria-expanded={isOpen(identifier)}
                aria-label={`${benchmark.shortName}: ${leafCount} benchmarks`}
                title={isOpen(identifier) ? "Fold" : "Unfold"}
                onClick={() => onFold(identifier)}
              >
                {isOpen(identifier) ? "◂" : "▸"}
                {leafCount}
              </button>
            ) : (
              <span className="fold" aria-hidden="true">
                {isSorted ? (isReversed ? "▴" : "▾") : ""}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
