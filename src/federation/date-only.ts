const DAY_MILLISECONDS = 86_400_000;

/**
 * A date that was given where an instant is asked for. As an instant it is the last millisecond of that day in UTC (§8); `from` wants
 * the first: `firstInstant`.
 */
export class DateOnly extends Date {
  /** @param first the day's first instant, in epoch milliseconds */
  constructor(readonly first: number) {
    super(first + DAY_MILLISECONDS - 1);
  }

  /** The date, so that it is not taken for its last instant where values are compared as JSON: in `from` it means another one. */
  override toJSON(): string {
    return new Date(this.first).toISOString().slice(0, 10);
  }
}

/** The instant that a lower bound begins at: the first of the day if only a date was given, else the instant itself (§8). */
export const firstInstant = (date: Date): Date => (date instanceof DateOnly ? new Date(date.first) : date);
