/** What limits did to the requests of a process since it began, and how it is loaded now: for metrics. */
export interface LimitCounts {
  /** Operations that ask for more than they may, by its document or its estimate. */
  exceededTotal: number;
  /** Requests of askers who had used up what they may. */
  rateLimitedTotal: number;
  /** Queries that took too long. */
  timeoutTotal: number;
  /** Operations that were sent away as there was too much to do, and those that were let in. */
  overloadedTotal: number;
  admittedTotal: number;
  /** Operations that are executed now and that wait, and their cost. */
  running: number;
  runningCost: number;
  waiting: number;
  waitingCost: number;
}

/** Counts from zero on. */
export const zeroLimitCounts = (): LimitCounts => ({
  exceededTotal: 0,
  rateLimitedTotal: 0,
  timeoutTotal: 0,
  overloadedTotal: 0,
  admittedTotal: 0,
  running: 0,
  runningCost: 0,
  waiting: 0,
  waitingCost: 0,
});
