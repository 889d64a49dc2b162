import { LRUCache } from "lru-cache";

/** Askers that are remembered at most. Who was not seen for long is forgotten first, which gives a budget anew. */
const REMEMBERED = 100_000;

/** What somebody has left. */
export interface Standing {
  readonly remaining: number;
  /** When all of it is there again, in milliseconds of the clock. */
  readonly resetAt: number;
}

/**
 * Budgets of askers: each may use up so much within a window that begins with the first use. Bounded in memory, whoever asks.
 * (rate-limiter-flexible keeps a timer and 650 bytes for each asker, without bound; counts what it refuses; and is answered later only.)
 */
export class RateWindow {
  private readonly used = new LRUCache<string, { amount: number; resetAt: number }>({ max: REMEMBERED });

  /** `limit`: what may be used in a window of so many milliseconds. `now`: a clock in milliseconds. */
  constructor(
    readonly limit: number,
    readonly milliseconds: number,
    private readonly now: () => number,
  ) {}

  standing(asker: string): Standing {
    const now = this.now();
    const found = this.used.get(asker);
    if (!found || found.resetAt <= now) return { remaining: this.limit, resetAt: now + this.milliseconds };
    return { remaining: Math.max(0, this.limit - found.amount), resetAt: found.resetAt };
  }

  /** Uses up an amount; false, and nothing is used up, if not so much is left. */
  take(asker: string, amount: number): boolean {
    const now = this.now();
    const found = this.used.get(asker);
    if (found && found.resetAt > now) {
      if (found.amount + amount > this.limit) return false;
      found.amount += amount;
      return true;
    }
    if (amount > this.limit) return false;
    this.used.set(asker, { amount, resetAt: now + this.milliseconds });
    return true;
  }
}
