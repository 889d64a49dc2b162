import { Connection } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { cursorWriter } from "../../federation/cursor";
import { DEFAULT_PAGE, type ForwardPageArguments } from "../../federation/page-arguments";
import { readPage } from "../../federation/paginate";
import type { Account } from "./account";
import { Submission } from "./submission";

/** One page of what an account handed in, the newest first, of one instant by id. Throws what `readPage` throws. */
export async function listSubmissions(context: Context, { pk, id }: Account, page: ForwardPageArguments): Promise<Connection<Submission>> {
  const list = ["Account.submissions", id];
  const { first, after } = readPage(context, list, page);
  const size = first ?? DEFAULT_PAGE;
  const [afterAt, afterId] = after?.key ?? [null, null];
  const [[{ totalCount }], rows] = await Promise.all([
    context.read<{ totalCount: number }>(`SELECT count(*) AS "totalCount" FROM submission WHERE account_pk = $1`, [pk]),
    context.find(
      Submission,
      `WHERE account_pk = $1 AND ($2::timestamptz IS NULL OR (submitted_at, id) < ($2, $3)) ORDER BY submitted_at DESC, id DESC LIMIT $4`,
      [pk, afterAt, afterId, size + 1],
    ),
  ]);
  return Connection.of({
    rows: rows.slice(0, size),
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null,
    totalCount,
    keyOf: (submission) => [submission.submittedAt.toISOString(), submission.id],
    nodeOf: (submission) => submission,
    writeCursor: cursorWriter(context, list),
  });
}
