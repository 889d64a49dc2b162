import type { DataSource } from "typeorm";
import type { Board } from "./board";
import { inSlices } from "./in-slices";
import { readBoard } from "./read-facts";
import { readNews } from "./read-news";
import { renewBoard } from "./renew-board";

/**
 * The board of the newest facts, from an earlier one and what was added or changed since: the earlier one itself if nothing was. Everything is
 * read anew only if there is too much of it, or it cannot be told from the earlier board (see `renewBoard`).
 */
export async function readNewer(dataSource: DataSource, before: Board): Promise<Board> {
  const { revision } = before.catalog.ledger;
  const news = await readNews(dataSource, revision);
  if (news?.ledger.revision === revision) return before;
  return (news && (await inSlices(renewBoard(before, news), () => true))) ?? readBoard(dataSource);
}
