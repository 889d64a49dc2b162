import type { DomainFacts } from "../../board/facts";
import { isStorable } from "../../database/is-storable";
import { Connection } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { cursorWriter } from "../../federation/cursor";
import type { ForwardPageArguments } from "../../federation/page-arguments";
import { DEFAULT_PAGE } from "../../federation/page-arguments";
import { readPage } from "../../federation/paginate";
import { readDoi } from "./read-doi";
import { Reference } from "./reference";

export interface ReferenceListing {
  /** Null: any. Of keys and DOIs both must match where both are given. */
  readonly keys?: readonly string[] | null;
  readonly dois?: readonly string[] | null;
  readonly page: ForwardPageArguments;
}

/** One page of the references of a domain that the viewer sees, by key in code point order. Throws what `readPage` throws. */
export async function listReferences(
  context: Context,
  { pk, slug }: Pick<DomainFacts, "pk" | "slug">,
  { keys, dois, page }: ReferenceListing,
): Promise<Connection<Reference>> {
  const list = ["references", slug, keys ?? null, dois ?? null];
  const { first, after } = readPage(context, list, page);
  const size = first ?? DEFAULT_PAGE;
  const storable = (names: readonly string[] | null | undefined) => names?.filter(isStorable) ?? null;
  const matching = "domain_pk = $1 AND ($2::text[] IS NULL OR key = ANY ($2)) AND ($3::text[] IS NULL OR doi = ANY ($3))";
  const chosen = [pk, storable(keys), storable(dois)?.flatMap((doi) => readDoi(doi) ?? []) ?? null];
  const [key, id] = after ? after.key.map(String) : [null, null];
  const [[counts], rows] = await Promise.all([
    context.read<{ whole: number; before: number }>(
      `SELECT count(*) AS "whole", count(*) FILTER (WHERE (key, id) <= ($4, $5)) AS "before" FROM reference WHERE ${matching}`,
      [...chosen, key, id],
    ),
    context.find(Reference, `WHERE ${matching} AND ($4::text IS NULL OR (key, id) > ($4, $5)) ORDER BY key, id LIMIT $6`, [
      ...chosen,
      key,
      id,
      size,
    ]),
  ]);
  return Connection.of({
    rows,
    hasNextPage: counts.before + rows.length < counts.whole,
    hasPreviousPage: counts.before > 0,
    totalCount: counts.whole,
    keyOf: (reference) => [reference.key, reference.id],
    nodeOf: (reference) => reference,
    writeCursor: cursorWriter(context, list),
  });
}
