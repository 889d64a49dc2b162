/** A time in which something was made to fail, until all was as before. Milliseconds of `performance`. */
export interface Window {
  readonly fault: string;
  readonly from: number;
  /** Infinity while it lasts. */
  to: number;
}

/** What asking came to. */
export interface Failure {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly told: string;
}

/** Time that clients may take to come back after all is as before, in milliseconds: a connection may have been opened and lost meanwhile. */
const GRACE = 1_000;

/** What happened, in order. */
export class Journal {
  readonly windows: Window[] = [];
  /** Answers that say that nothing can be said at the moment, and connections that failed. */
  readonly failures: Failure[] = [];
  /** Answers and things that are wrong at any time. */
  readonly wrong: string[] = [];
  /** Milliseconds of answers that were right, by kind of question, outside of windows as far as they are known. */
  readonly taken = new Map<string, number[]>();

  noteRight(kind: string, milliseconds: number): void {
    const taken = this.taken.get(kind) ?? [];
    this.taken.set(kind, taken);
    taken.push(milliseconds);
  }

  noteWrong(told: string): void {
    if (this.wrong.length < 1_000) this.wrong.push(told.slice(0, 1_000));
  }

  /** True if some of a time lies within a window. */
  isExcused(from: number, to: number): boolean {
    return this.windows.some((window) => from <= window.to + GRACE && to >= window.from);
  }

  get unexcused(): readonly Failure[] {
    return this.failures.filter(({ from, to }) => !this.isExcused(from, to));
  }
}
