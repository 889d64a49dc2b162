import type { Board } from "./board";
import { CELL_BYTES } from "./derived";
import type { DomainBoard } from "./domain-board";

/** Bytes of the objects that every board has of its own, and of a model in lists and maps. */
const [BOARD_BYTES, MODEL_BYTES] = [10_000, 200];

/** Bytes of an observation in a timeline: its place in the order, its end, and its place within its leaf. */
const TIMELINE_BYTES = 4 + 8 + 4;

/** Roughly, the bytes that the earlier of two boards holds and the later does not: what it costs to keep it when the later one is kept. */
export function bytesBeside(later: Board, earlier: Board): number {
  const others = new Map(later.domains.map((board) => [board.catalog.domain.pk, board]));
  return earlier.domains.reduce((sum, board) => sum + ownBytes(board, others.get(board.catalog.domain.pk)), BOARD_BYTES);
}

function ownBytes(board: DomainBoard, later?: DomainBoard): number {
  if (board === later) return 0;
  let bytes = BOARD_BYTES;
  for (const [name, column] of Object.entries(board.observations) as [keyof DomainBoard["observations"], unknown][]) {
    const other = later?.observations[name];
    if (ArrayBuffer.isView(column) && !(ArrayBuffer.isView(other) && other.buffer === column.buffer)) bytes += column.buffer.byteLength;
  }
  const [standings, others] = [board.standings(), later?.standings()];
  standings.columns.forEach((column, node) => {
    if (column && column !== others?.columns[node]) bytes += standings.modelCount * CELL_BYTES;
  });
  standings.winners.forEach((winners, node) => {
    if (winners && winners !== others?.winners[node]) bytes += winners.byteLength;
  });
  if (board.knownTimeline && board.knownTimeline !== later?.knownTimeline) bytes += board.observations.length * TIMELINE_BYTES;
  if (board.models !== later?.models) bytes += board.models.length * MODEL_BYTES;
  return bytes;
}
