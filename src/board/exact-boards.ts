import { LRUCache } from "lru-cache";
import type { DataSource } from "typeorm";
import type { Board } from "./board";
import type { CurrentBoard } from "./current";
import { inSlices } from "./in-slices";
import { readNewsUntil } from "./read-news";
import { renewBoard } from "./renew-board";

/** Boards between those that were the newest, which are kept for the next that ask: requests of one operation come within moments. */
const KEPT_BOARDS = 16;

/**
 * Boards of exactly a revision, for requests of one operation that several processes answer: each is at another revision, and none can go
 * back. A board that this process never had is made from an earlier one that it still has, and what came between.
 */
export class ExactBoards {
  private readonly made = new LRUCache<number, Promise<Board | null>>({ max: KEPT_BOARDS });

  constructor(
    private readonly dataSource: DataSource,
    private readonly current: Pick<CurrentBoard, "board" | "recent" | "atLeast">,
  ) {}

  /** The board of a revision at which an append ended, once this process holds it; null if no board as early as that is kept. */
  async at(revision: number): Promise<Board | null> {
    const newest = await this.current.atLeast(revision);
    const boards = [...this.current.recent, newest];
    const before = boards.findLast((board) => revisionOf(board) <= revision);
    if (!before || revisionOf(newest) < revision) return null;
    if (revisionOf(before) === revision) return before;
    let board = this.made.get(revision);
    if (!board) {
      this.made.set(revision, (board = this.make(before, revision)));
      // What failed is not kept: the next one who asks tries again.
      board.catch(() => this.made.delete(revision));
    }
    return board;
  }

  private async make(before: Board, revision: number): Promise<Board | null> {
    const news = await readNewsUntil(this.dataSource, revisionOf(before), revision, before);
    return news && inSlices(renewBoard(before, news), () => true);
  }
}

const revisionOf = ({ catalog }: Board): number => catalog.ledger.revision;
