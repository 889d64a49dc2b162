import type { Step } from "../board/rounds";

/** What a subscription's source gives: something that happened between two boards. It is told from the later one. */
export interface LiveEvent {
  readonly step: Step;
}
