import { LRUCache } from "lru-cache";
import type { DataSource } from "typeorm";
import type { Board } from "./board";
import { readPastBoard } from "./read-facts";

/** Boards of earlier revisions that a process keeps for a database: releases that were asked about lately. */
const KEPT_BOARDS = 8;

const past = new WeakMap<DataSource, LRUCache<number, Promise<Board>>>();

/**
 * The board of an earlier revision, at which an append ended; made on first use, once for all who ask, from a later board and what has
 * changed since.
 */
export function pastBoard(dataSource: DataSource, revision: number, later: Board): Promise<Board> {
  let boards = past.get(dataSource);
  if (!boards) past.set(dataSource, (boards = new LRUCache({ max: KEPT_BOARDS })));
  const kept = boards.get(revision);
  if (kept) return kept;
  const board = readPastBoard(dataSource, revision, later);
  boards.set(revision, board);
  // What failed is not kept: the next one who asks tries again.
  board.catch(() => boards.delete(revision));
  return board;
}
