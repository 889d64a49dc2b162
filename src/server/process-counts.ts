import { type ExecutionCounts, zeroExecutionCounts } from "../federation/execution/counts";
import { type AnswerCounts, zeroAnswerCounts } from "./answers/counts";
import { type LimitCounts, zeroLimitCounts } from "./limits/limit-counts";
import { type LiveCounts, zeroCounts } from "./live/counts";

/** Everything that a process counts since it began: for metrics. Names that end in `Total` only grow, others tell what is now. */
export interface ProcessCounts {
  /** What was executed by a plan, and why the rest was not. */
  readonly execution: ExecutionCounts;
  readonly answers: AnswerCounts;
  readonly live: LiveCounts;
  readonly limits: LimitCounts;
}

/** Counts from zero on. */
export const zeroProcessCounts = (): ProcessCounts => ({
  execution: zeroExecutionCounts(),
  answers: zeroAnswerCounts(),
  live: zeroCounts(),
  limits: zeroLimitCounts(),
});
