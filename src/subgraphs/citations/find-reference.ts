import { isStorable } from "../../database/is-storable";
import { IS_SEEN_BY_ALL } from "../../database/whose-reference";
import type { Context } from "../../federation/context";
import { doiOfUrl, readDoi } from "./read-doi";
import { readUrl } from "./read-url";
import { Reference } from "./reference";

/** What a reference is looked up by: one of the three. */
export interface ReferenceName {
  readonly key?: string | null;
  readonly doi?: string | null;
  readonly url?: string | null;
}

/**
 * The reference of a domain with a key, DOI or URL that the viewer sees; of several the viewer's own, else the first that everybody sees. Null
 * if there is none.
 */
export async function findReference(context: Context, domainPk: number, { key, doi, url }: ReferenceName): Promise<Reference | null> {
  if (![key, doi, url].every((name) => isStorable(name ?? ""))) return null;
  const first = async (condition: string, names: readonly unknown[]) => {
    const [found] = await context.find(
      Reference,
      `AS fact WHERE domain_pk = $1 AND (${condition})
       ORDER BY coalesce(registrant_pk = $2, false) DESC, ${IS_SEEN_BY_ALL} DESC, position LIMIT 1`,
      [domainPk, context.viewer?.accountPk ?? null, ...names],
    );
    return found ?? null;
  };
  if (key != null) return first("key = $3", [key]);
  if (doi != null) return first("doi = $3", [readDoi(doi)]);
  return first("url = $3 OR doi = $4", [readUrl(url ?? ""), doiOfUrl(url ?? "")]);
}
