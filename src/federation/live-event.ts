import type { Board } from "../board/board";

/** What a subscription's source gives: something that happened, and the board that it is told from. */
export interface LiveEvent {
  readonly board: Board;
}
