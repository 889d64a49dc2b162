/** How a process answered anonymous queries since it began, and what it keeps of them: for metrics. */
export interface AnswerCounts {
  /** Answers that were kept when they were asked for again: sent whole, or as "304 Not Modified". */
  sentAgainTotal: number;
  notModifiedTotal: number;
  /** Of these the ones to requests that were the same to the byte as earlier ones: sent before anything else looked at them. */
  repeatedTotal: number;
  /** Answers that were being computed for somebody else, when they were asked for. */
  sharedTotal: number;
  /** Answers that were computed and could be kept. */
  computedTotal: number;
  /** Answers that are kept now, and their bytes. */
  kept: number;
  keptBytes: number;
}

/** Counts from zero on. */
export const zeroAnswerCounts = (): AnswerCounts => ({
  sentAgainTotal: 0,
  notModifiedTotal: 0,
  repeatedTotal: 0,
  sharedTotal: 0,
  computedTotal: 0,
  kept: 0,
  keptBytes: 0,
});
