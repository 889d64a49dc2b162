import { setImmediate as breathe, setTimeout as pause } from "node:timers/promises";
import type { Board } from "./board";
import { bytesBeside } from "./bytes-beside";
import { whenAborted } from "./when-aborted";

/** Rounds are this far apart at least: what is written meanwhile is told together. */
const INTERVAL_MILLISECONDS = 200;

/** Earlier boards that are kept for followers who are busy, and the bytes that these hold together at most, besides what the newest holds. */
const KEPT = { boards: 50, bytes: 256 * 1024 * 1024 };

/** A board that followers are told of. */
interface Round {
  readonly number: number;
  readonly board: Board;
}

/** Two boards between which something may have changed for everybody. */
export interface Step {
  readonly from: Board;
  readonly to: Board;
}

export interface FollowOptions {
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** Waits until the follower may have its next step, and gives what is called once it is done with that one. Default: at once. */
  readonly turn?: () => Promise<() => void>;
  /** Told when the follower has been busy for so many rounds that the board it knows cannot be kept for it. It is to be ended then. */
  readonly onLost?: () => void;
}

/**
 * Goes from one board to the newest whenever it asks: all that came meanwhile is one step, and nothing is queued for a follower who
 * is busy.
 */
export class Follower {
  private finish: (() => void) | null = null;

  constructor(
    private readonly rounds: Rounds,
    private told: Round,
    private readonly options: FollowOptions,
  ) {}

  /** The last round that it was told of. */
  get round(): Round {
    return this.told;
  }

  /** The way from the board that it knows to the newest, once there is one that everybody may see; null when it is ended. */
  async next(): Promise<Step | null> {
    const { signal, turn } = this.options;
    this.stop();
    if (!(await this.rounds.after(this.told.number, signal))) return null;
    const finish = (await turn?.()) ?? null;
    if (signal.aborted) {
      finish?.();
      return null;
    }
    this.finish = finish;
    const from = this.told.board;
    this.told = this.rounds.current;
    return { from, to: this.told.board };
  }

  /** Says that it is done with its step. */
  stop(): void {
    this.finish?.();
    this.finish = null;
  }

  /** Says that its board is kept no longer. */
  lose(): void {
    this.options.onLost?.();
  }
}

/**
 * Tells followers of newer boards: a board at once if the last one was a while ago, else after a pause, the newest of all that came. A
 * board on which nothing is new that everybody may see is passed over, so that no moment tells of it (§10).
 */
export class Rounds {
  private readonly followers = new Set<Follower>();
  private readonly waiting = new Set<(hasCome: boolean) => void>();
  private last: Round;
  private newest: Board;
  private isRunning = false;

  constructor(
    board: Board,
    private readonly most = KEPT,
  ) {
    this.newest = board;
    this.last = { number: 0, board };
  }

  /** The newest round. */
  get current(): Round {
    return this.last;
  }

  /** Followers that there are. */
  get count(): number {
    return this.followers.size;
  }

  /** Takes a newer board. */
  offer(board: Board): void {
    this.newest = board;
    if (!this.isRunning) void this.run();
  }

  /** Begins to follow from the newest round on. */
  follow(options: FollowOptions): Follower {
    const follower = new Follower(this, this.last, options);
    if (options.signal.aborted) return follower;
    this.followers.add(follower);
    const end = () => {
      follower.stop();
      this.followers.delete(follower);
    };
    whenAborted(options.signal, end);
    return follower;
  }

  /** Waits for a round after the one of this number; false if `signal` came first. */
  after(number: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    if (this.last.number > number) return Promise.resolve(true);
    return new Promise((resolve) => {
      const take = (hasCome: boolean) => {
        this.waiting.delete(take);
        forget();
        resolve(hasCome);
      };
      this.waiting.add(take);
      const forget = whenAborted(signal, () => take(false));
    });
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (publicRevision(this.newest) > publicRevision(this.last.board)) {
      const rest = pause(INTERVAL_MILLISECONDS, undefined, { ref: false });
      this.last = { number: this.last.number + 1, board: this.newest };
      this.loseOldest();
      // One after the other: what each makes of it takes a millisecond or so, and others have their turns meanwhile.
      for (const take of [...this.waiting]) {
        if (this.waiting.has(take)) take(true);
        await breathe();
      }
      await rest;
    }
    this.isRunning = false;
  }

  /** Lets go of the followers who know boards that are too many to be kept; the one before the newest always is. */
  private loseOldest(): void {
    const known = new Set([...this.followers].map(({ round }) => round));
    const earlier = [...known].filter((round) => round !== this.last).sort((a, b) => b.number - a.number);
    let room = this.most.bytes;
    const lost = new Set<Round>();
    earlier.forEach((round, place) => {
      // What it does not share with the next one that is kept, it shares with none that is newer.
      room -= bytesBeside((earlier[place - 1] ?? this.last).board, round.board);
      if (place > 0 && (place >= this.most.boards || room < 0)) lost.add(round);
    });
    if (lost.size > 0) for (const follower of this.followers) if (lost.has(follower.round)) follower.lose();
  }
}

const publicRevision = ({ catalog }: Board): number => catalog.ledger.publicRevision;
