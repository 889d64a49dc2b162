import { memo } from "react";
import { Link } from "../app/link";
import { displayValue } from "../parts/display-value";
import { rampStep } from "../parts/ramp-step";
import type { Column } from "./columns";

/** A column that is in sight. */
export interface ShownColumn {
  readonly identifier: string;
  /** Number among all columns, from 0. */
  readonly index: number;
  readonly start: number;
  /** Null while its cells are on their way. */
  readonly cells: Column | null;
  readonly low: number;
  readonly high: number;
}

export interface TableRowProps {
  readonly name: string;
  readonly to: string;
  readonly place: number;
  readonly index: number;
  readonly top: number;
  readonly rank: number | null;
  readonly columns: readonly ShownColumn[];
  readonly sortedBy: string;
  readonly shows: "value" | "rank";
}

function cellText({ cells }: ShownColumn, place: number, shows: "value" | "rank"): string {
  if (!cells) return "";
  const { [place]: value } = cells.values;
  if (value === null) return cells.states[place] === "FAILED" ? "X" : "";
  return shows === "rank" ? String(cells.ranks[place]) : displayValue(value);
}

function cellClass({ cells, low, high, identifier }: ShownColumn, place: number, sortedBy: string): string {
  const value = cells?.values[place];
  const sorted = identifier === sortedBy ? " sorted" : "";
  if (value != null) return `cell ${rampStep(value, low, high)}${sorted}`;
  return `cell ${!cells ? "waiting" : cells.states[place] === "FAILED" ? "failed" : "not-run"}${sorted}`;
}

/** A model's row: its rank in the column that sorts, its name, and its cells in the columns in sight. */
export const TableRow = memo(function TableRow({ name, to, place, index, top, rank, columns, sortedBy, shows }: TableRowProps) {
  return (
    <div role="row" className="row" aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <div role="rowheader" className="first" aria-colindex={1}>
        <span className="rank">{rank ?? "X"}</span>
        <Link to={to} title={name}>
          {name}
        </Link>
      </div>
      {columns.map((column) => (
        <div
          role="cell"
          key={column.identifier}
          aria-colindex={column.index + 2}
          className={cellClass(column, place, sortedBy)}
          style={{ left: column.start }}
        >
          {cellText(column, place, shows)}
        </div>
      ))}
    </div>
  );
});
