import { isStorable } from "../../database/is-storable";
import { Connection } from "../../federation/connection";
import type { Context } from "../../federation/context";
import { cursorWriter } from "../../federation/cursor";
import type { ForwardPageArguments } from "../../federation/page-arguments";
import { DEFAULT_PAGE } from "../../federation/page-arguments";
import { readPage } from "../../federation/paginate";
import { visibleReferences } from "./loaders";
import { readDoi } from "./read-doi";
import type { Reference } from "./reference";

export interface ReferenceListing {
  /** Null: any. Of keys and DOIs both must match where both are given. */
  readonly keys?: readonly string[] | null;
  readonly dois?: readonly string[] | null;
  readonly page: ForwardPageArguments;
}

/** One page of the references of a domain that the viewer sees, by key in code point order. Throws what `readPage` throws. */
export async function listReferences(
  context: Context,
  domainPk: number,
  { keys, dois, page }: ReferenceListing,
): Promise<Connection<Reference>> {
  const list = ["references", domainPk, keys ?? null, dois ?? null];
  const { first, after } = readPage(context, list, page);
  const size = first ?? DEFAULT_PAGE;
  const matching = visibleReferences(context).andWhere("reference.domain_pk = :domainPk", { domainPk });
  if (keys) matching.andWhere("reference.key = ANY (:keys)", { keys: keys.filter(isStorable) });
  if (dois) matching.andWhere("reference.doi = ANY (:dois)", { dois: dois.filter(isStorable).flatMap((doi) => readDoi(doi) ?? []) });

  const counted = matching
    .clone()
    .select("count(*)", "whole")
    .addSelect("count(*) FILTER (WHERE reference.key <= :after)", "before")
    .setParameter("after", after ? String(after.key[0]) : "")
    .getRawOne<{ whole: number; before: number }>();
  const following = matching.clone().orderBy("reference.key").limit(size);
  if (after) following.andWhere("reference.key > :after", { after: String(after.key[0]) });
  const [counts, rows] = await Promise.all([counted, following.getMany()]);
  const { whole, before } = counts!;
  return Connection.of({
    rows,
    hasNextPage: before + rows.length < whole,
    hasPreviousPage: before > 0,
    totalCount: whole,
    keyOf: ({ key }) => [key],
    nodeOf: (reference) => reference,
    writeCursor: cursorWriter(context, list),
  });
}
