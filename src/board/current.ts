import { performance } from "node:perf_hooks";
import { Client } from "pg";
import type { DataSource } from "typeorm";
import { FACTS_CHANNEL } from "../database/append-facts";
import { postgresTypes } from "../database/data-source";
import type { Board } from "./board";
import { bytesBeside } from "./bytes-beside";
import { readFirstBoard } from "./read-facts";
import { readNewer } from "./read-newer";

/** What the connection is called that listens. */
const LISTENER = "scoretree listener";

/** How often the ledger is looked at even if nothing was heard: a lost connection costs at most this much freshness. */
const POLL_MILLISECONDS = 1_000;

/** How long to wait for the connection that listens, in milliseconds. */
const LONGEST_WAIT = 4_000;

/** Boards that are kept after newer ones came: lists that were begun on them are paged to their end. */
const KEPT_BOARDS = 500;

/** Bytes that all of these hold together at most, besides what the newest board holds anyway. */
const KEPT_BYTES = 256 * 1024 * 1024;

/** A board that a newer one took the place of, and what it holds that the next one does not. */
interface Kept {
  readonly board: Board;
  readonly bytes: number;
  /** True if the next one says the same to all but a few: only what not everybody may see was written in between. */
  readonly isPassing: boolean;
}

/**
 * The last boards of several, as many as may be kept. What a board does not share with the next one, it shares with none that is newer.
 * Those that everybody's lists go on from are counted apart from those that only admins tell from the next: how long a list can be gone
 * through tells nobody that something private was written (§10).
 */
function keep(boards: readonly Kept[], most: number): readonly Kept[] {
  const last = (some: readonly Kept[]): readonly Kept[] => {
    let room = KEPT_BYTES;
    const kept = some.slice(-most);
    return kept.slice(kept.findLastIndex(({ bytes }) => (room -= bytes) < 0) + 1);
  };
  const kept = new Set([true, false].flatMap((isPassing) => last(boards.filter((board) => board.isPassing === isPassing))));
  return boards.filter((board) => kept.has(board));
}

export interface CurrentBoardOptions {
  /** Where LISTEN connects to, on a connection of its own. */
  readonly url: string;
  /** Told of failures that the next poll will try to mend, such as a lost connection. */
  readonly onError: (error: unknown) => void;
  /** Boards of different public revisions that are kept at most after newer ones came, and as many of the others. Default 500. */
  readonly keptBoards?: number;
  /** False: only the catalog is held, by a process that serves no scores. Default true. */
  readonly holdsModels?: boolean;
}

/**
 * Holds the newest board of a process. It hears of new facts by LISTEN, looks at the ledger once a second anyway, and reads what was added or
 * changed since its board, however it missed it, over the connection that listens. Its board only ever moves to a higher revision.
 */
export class CurrentBoard {
  private kept: readonly Kept[] = [];
  /** The revision that the ledger was found at last, or heard to be at since, and when the board was last found to hold all of it, in milliseconds. */
  private known = 0;
  private level = performance.now();
  /** The highest revision that was heard of, and by how many notices. */
  private heard = 0;
  private notices = 0;
  private isHearing = false;
  private listener: Client | null = null;
  private reading: Promise<Board> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private ticking: Promise<void> = Promise.resolve();
  private isClosed = false;
  private readonly waiting = new Set<(board: Board) => void>();

  private constructor(
    private readonly dataSource: DataSource,
    private readonly options: CurrentBoardOptions,
    private newest: Board,
  ) {}

  /** Reads the first board and begins to listen. */
  static async open(dataSource: DataSource, options: CurrentBoardOptions): Promise<CurrentBoard> {
    const current = new CurrentBoard(dataSource, options, await readFirstBoard(dataSource, options));
    await (current.ticking = current.tick());
    return current;
  }

  /** The newest board that this process has. A query takes it once and keeps it to its end. */
  get board(): Board {
    return this.newest;
  }

  /** The last boards before the newest, the oldest first. */
  get recent(): readonly Board[] {
    return this.kept.map(({ board }) => board);
  }

  get revision(): number {
    return this.newest.catalog.ledger.revision;
  }

  /**
   * A board that holds the fact of this revision: what a request needs that wrote it. A read that begins after the fact was committed
   * has it; if it is not there then, it never was: the newest board is given.
   */
  async atLeast(revision: number): Promise<Board> {
    for (let isOurs = false; this.revision < revision && !isOurs && !this.isClosed;) {
      isOurs = this.reading === null;
      await this.read();
    }
    return this.newest;
  }

  /** Catches up with the ledger if it has moved. */
  async refresh(): Promise<Board> {
    const begin = performance.now();
    const [{ revision }] = (await this.dataSource.query(`SELECT last_revision AS "revision" FROM ledger`)) as { revision: number }[];
    this.known = revision;
    const board = await this.atLeast(revision);
    if (this.revision >= revision) this.level = Math.max(this.level, begin);
    return board;
  }

  /**
   * How far the board is behind the ledger, as far as is known: in revisions, and in milliseconds since it was last found to hold all. A board
   * that is up to date is looked at once a second; where the ledger cannot be asked, the time grows.
   */
  get lag(): { readonly revisions: number; readonly milliseconds: number } {
    return { revisions: Math.max(0, this.known - this.revision), milliseconds: performance.now() - this.level };
  }

  /**
   * Calls `listener` with each newer board as soon as it is the newest, until the function that is given back is called. Facts that come
   * together make one board, so revisions may be left out, but the last one never is. What a listener throws is told as an error.
   */
  onNewer(listener: (board: Board) => void): () => void {
    // Wrapped, so that one function can listen twice.
    const told = (board: Board) => listener(board);
    this.waiting.add(told);
    return () => void this.waiting.delete(told);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.waiting.clear();
    if (this.timer) clearTimeout(this.timer);
    await this.ticking;
    await this.reading?.catch(() => undefined);
    await this.listener?.end().catch(() => undefined);
  }

  /** Goes after what it hears of. Of notices that come while it reads, however many, one further read is made. */
  private async hear(revision: number): Promise<void> {
    this.notices++;
    this.heard = Math.max(this.heard, revision);
    this.known = Math.max(this.known, revision);
    if (this.isHearing) return;
    this.isHearing = true;
    try {
      for (let seen = 0; seen < this.notices && this.revision < this.heard;) {
        seen = this.notices;
        await this.atLeast(this.heard);
      }
    } finally {
      this.isHearing = false;
      this.heard = 0;
    }
  }

  /** Reads the newer facts once for all who ask meanwhile. */
  private read(): Promise<Board> {
    this.reading ??= readNewer(this.dataSource, this.newest, this.listener)
      .then((board) => {
        if (board.catalog.ledger.revision > this.revision) {
          const isPassing = board.catalog.ledger.publicRevision === this.newest.catalog.ledger.publicRevision;
          const before = { board: this.newest, bytes: bytesBeside(board, this.newest), isPassing };
          this.kept = keep([...this.kept, before], this.options.keptBoards ?? KEPT_BOARDS);
          this.newest = board;
          this.announce(board);
        }
        return this.newest;
      })
      .finally(() => (this.reading = null));
    return this.reading;
  }

  private announce(board: Board): void {
    for (const listener of this.waiting) {
      try {
        listener(board);
      } catch (error) {
        this.tell(error);
      }
    }
  }

  private async tick(): Promise<void> {
    // What was written is read also while nothing can be heard, such as where there is no further connection to be had.
    for (const step of [() => this.listen(), () => this.refresh()]) await step().catch((error: unknown) => this.tell(error));
    if (this.isClosed) return;
    this.timer = setTimeout(() => (this.ticking = this.tick()), POLL_MILLISECONDS);
    this.timer.unref();
  }

  private async listen(): Promise<void> {
    if (this.listener || this.isClosed) return;
    const client = new Client({
      ...{ connectionString: this.options.url, types: postgresTypes, application_name: LISTENER },
      ...{ keepAlive: true, connectionTimeoutMillis: LONGEST_WAIT },
    });
    const lost = (error?: unknown) => {
      if (this.listener === client) this.listener = null;
      if (error) this.tell(error);
    };
    client.on("error", lost);
    client.on("end", () => lost());
    client.on("notification", ({ payload }) => void this.hear(Number(payload)).catch((error: unknown) => this.tell(error)));
    try {
      await client.connect();
      await client.query(`LISTEN ${FACTS_CHANNEL}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.listener = client;
  }

  private tell(error: unknown): void {
    if (!this.isClosed) this.options.onError(error);
  }
}
