import { performance } from "node:perf_hooks";
import { ExpectedError } from "../../errors";
import type { LimitCounts } from "./limit-counts";

/** How much may be done and wait at once. Costs are in objects of answers; times in milliseconds. */
export interface Load {
  /** Cost of the operations that are executed at once, apart from small ones. Default 100,000. */
  readonly runningCost: number;
  /** Operations that are executed at once. Default 500. */
  readonly running: number;
  /** Longest time that an operation is expected to wait: who would wait longer is sent away at once. Default 500. */
  readonly wait: number;
  /** Operations that wait. Default 2,000. */
  readonly waiting: number;
}

export const LOAD: Load = { runningCost: 100_000, running: 500, wait: 500, waiting: 2_000 };

/** Cost that is begun in one turn of the event loop, some milliseconds' worth: then others are heard. */
const TURN_COST = 2_000;

/** What beginning any operation takes, as a cost. */
const OVERHEAD = 100;

/** An operation of at most this cost does not wait until larger ones have ended. */
const SMALL = 1_000;

/** For each unit of its cost an operation stands so many milliseconds further back, up to a most: small ones go past large ones. */
const BACK_BY_COST = 1;
const MOST_BACK = 5_000;

/** How long the speed is measured over at which the queue shrinks, in milliseconds. */
const MEASURED_OVER = 50;

interface Waiting {
  readonly cost: number;
  readonly rank: number;
  readonly latest: number;
  readonly signal: AbortSignal | undefined;
  begin(): void;
  refuse(error: unknown): void;
}

/** Lets operations in as there is time for them, small ones before large ones, and sends away who would wait for long. */
export class Admission {
  private readonly queue: Waiting[] = [];
  private isScheduled = false;
  /** Of the operations that are executed now and are not small. */
  private largeCost = 0;
  /** Cost that was begun in this turn; null: nothing was. */
  private turnCost: number | null = null;
  /** By the seconds that they tell: while there is too much to do, none is made anew. */
  private readonly refusals = new Map<number, ExpectedError>();
  /** Cost per millisecond; null: not known yet. */
  private speed: number | null = null;
  private measured = { since: 0, cost: 0 };

  constructor(
    private readonly counts: LimitCounts,
    private readonly load: Load = LOAD,
  ) {}

  /**
   * Waits until an operation may begin; what is given back says that it has ended. Throws UNAVAILABLE, and says when to try again, if it
   * would have to wait for too long. `signal`: tells that nobody waits for it any more.
   */
  async enter(cost: number, signal?: AbortSignal): Promise<() => void> {
    if (this.queue.length > 0 || !this.hasTurn(cost) || !this.hasRoom(cost)) await this.wait(cost, signal);
    else this.count(cost);
    const { counts } = this;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      counts.running--;
      counts.runningCost -= cost;
      if (cost > SMALL) this.largeCost -= cost;
      if (this.queue.length > 0) this.nextTurn();
    };
  }

  private count(cost: number): void {
    this.turnCost = (this.turnCost ?? 0) + cost + OVERHEAD;
    this.counts.running++;
    this.counts.runningCost += cost;
    if (cost > SMALL) this.largeCost += cost;
    this.counts.admittedTotal++;
    this.nextTurn();
  }

  private hasTurn(cost: number): boolean {
    return this.turnCost === null || this.turnCost + cost + OVERHEAD <= TURN_COST;
  }

  private hasRoom(cost: number): boolean {
    if (this.counts.running >= this.load.running) return false;
    return cost <= SMALL || this.largeCost === 0 || this.largeCost + cost <= this.load.runningCost;
  }

  /** True while somebody waits. */
  get isQueued(): boolean {
    return this.queue.length > 0;
  }

  /** Why an operation would be sent away that came now; null if it would not. It counts as sent away. */
  refuse(cost: number): ExpectedError | null {
    if (this.queue.length === 0) return null;
    const { expected } = this.placeOf(this.rankOf(cost));
    return expected > this.load.wait || this.queue.length >= this.load.waiting ? this.refusal(expected) : null;
  }

  private rankOf(cost: number): number {
    return performance.now() + Math.min(MOST_BACK, cost * BACK_BY_COST);
  }

  /** Where an operation would stand, and how long it would have to wait there, in milliseconds. */
  private placeOf(rank: number): { place: number; expected: number } {
    let place = this.queue.length;
    while (place > 0 && this.queue[place - 1].rank > rank) place--;
    let before = 0;
    for (let each = 0; each < place; each++) before += this.queue[each].cost + OVERHEAD;
    return { place, expected: this.speed === null ? 0 : before / this.speed };
  }

  private wait(cost: number, signal: AbortSignal | undefined): Promise<void> {
    const refusal = this.refuse(cost);
    if (refusal) throw refusal;
    const now = performance.now();
    const rank = this.rankOf(cost);
    const { place } = this.placeOf(rank);
    if (this.queue.length === 0) this.measured = { since: now, cost: 0 };
    this.counts.waiting++;
    this.counts.waitingCost += cost;
    return new Promise((begin, refuse) => {
      this.queue.splice(place, 0, { cost, rank, latest: now + 4 * this.load.wait, signal, begin, refuse });
      this.nextTurn();
    });
  }

  private refusal(milliseconds: number): ExpectedError {
    this.counts.overloadedTotal++;
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
    let refusal = this.refusals.get(seconds);
    if (!refusal) {
      const words = `There is too much to do here now. Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`;
      this.refusals.set(seconds, (refusal = new ExpectedError("UNAVAILABLE", words, { retryAfter: seconds })));
    }
    return refusal;
  }

  private nextTurn(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.turnCost = null;
      this.takeTurn();
    });
  }

  /** Begins as many of those who wait as have a turn now and find room. */
  private takeTurn(): void {
    const now = performance.now();
    this.measure(now);
    for (let place = 0; place < this.queue.length;) {
      const waiting = this.queue[place];
      const isGone = waiting.signal?.aborted ?? false;
      if (!isGone && now < waiting.latest) {
        if (!this.hasTurn(waiting.cost)) return this.nextTurn();
        if (!this.hasRoom(waiting.cost)) {
          place++;
          continue;
        }
      }
      this.queue.splice(place, 1);
      this.counts.waiting--;
      this.counts.waitingCost -= waiting.cost;
      this.measured.cost += waiting.cost + OVERHEAD;
      if (isGone || now >= waiting.latest) waiting.refuse(this.refusal(this.load.wait));
      else {
        this.count(waiting.cost);
        waiting.begin();
      }
    }
  }

  private measure(now: number): void {
    const { since, cost } = this.measured;
    if (cost === 0 || now - since < MEASURED_OVER) return;
    const speed = cost / (now - since);
    this.speed = this.speed === null ? speed : (this.speed + speed) / 2;
    this.measured = { since: now, cost: 0 };
  }
}
