/** How a process executed operations since it began: for metrics. */
export interface ExecutionCounts {
  /** Queries answered by a plan. */
  plannedTotal: number;
  /** Plans made: one a query and setting of the variables of its @skip and @include. */
  plansTotal: number;
  /** Operations that graphql-js executed, by why: mutations and what no plan serves; variables that do not fit; answers with an error. */
  unplannedTotal: number;
  wrongVariablesTotal: number;
  failedTotal: number;
}

/** Counts from zero on. */
export const zeroExecutionCounts = (): ExecutionCounts => ({
  plannedTotal: 0,
  plansTotal: 0,
  unplannedTotal: 0,
  wrongVariablesTotal: 0,
  failedTotal: 0,
});
