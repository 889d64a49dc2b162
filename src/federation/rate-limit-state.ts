/** What the asker may still ask for, and what the operation costs that this is asked in. */
export interface RateLimitState {
  /** Cost that may be used in a window. */
  readonly limit: number;
  /** Cost of this operation, as it was estimated. */
  readonly cost: number;
  /** Cost that is left in this window, this operation subtracted. */
  readonly remaining: number;
  /** When all of it is there again. */
  readonly resetAt: Date;
  /** Objects that the answer may hold, as estimated. */
  readonly nodeCount: number;
}
