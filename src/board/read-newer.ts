import type { Client } from "pg";
import type { DataSource } from "typeorm";
import type { Board } from "./board";
import { inSlices } from "./in-slices";
import { readBoard } from "./read-facts";
import { readNews, readNewsOver } from "./read-news";
import { renewBoard } from "./renew-board";

/**
 * The board of the newest facts, from an earlier one and what was added or changed since: the earlier one itself if nothing was. Everything is
 * read anew only if there is too much of it, or it cannot be told from the earlier board (see `renewBoard`). `client`: a connection that is
 * free for this, so that it need not wait while writers hold all others.
 */
export async function readNewer(dataSource: DataSource, before: Board, client: Client | null = null): Promise<Board> {
  const { revision } = before.catalog.ledger;
  const over = () => readNews(dataSource, revision, before);
  // If the connection is what failed, another one will do; if not, it fails again, and says why.
  const news = await (client ? readNewsOver(client, revision, before).catch(over) : over());
  if (news?.ledger.revision === revision) return before;
  return (news && (await inSlices(renewBoard(before, news), () => true))) ?? readBoard(dataSource, before);
}
