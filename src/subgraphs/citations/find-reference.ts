import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { visibleReferences } from "./loaders";
import { doiOfUrl, readDoi } from "./read-doi";
import { readUrl } from "./read-url";
import type { Reference } from "./reference";

/** What a reference is looked up by: one of the three. */
export interface ReferenceName {
  readonly key?: string | null;
  readonly doi?: string | null;
  readonly url?: string | null;
}

/** The reference of a domain with a key, DOI or URL that the viewer sees; of several with one URL the first. Null if there is none. */
export async function findReference(context: Context, domainPk: number, { key, doi, url }: ReferenceName): Promise<Reference | null> {
  if (![key, doi, url].every((name) => isStorable(name ?? ""))) return null;
  const reference = visibleReferences(context).andWhere("reference.domain_pk = :domainPk", { domainPk });
  if (key != null) return reference.andWhere("reference.key = :key", { key }).getOne();
  if (doi != null) return reference.andWhere("reference.doi = :doi", { doi: readDoi(doi) }).getOne();
  return reference
    .andWhere("(reference.url = :url OR reference.doi = :doi)", { url: readUrl(url ?? ""), doi: doiOfUrl(url ?? "") })
    .orderBy("reference.position")
    .limit(1)
    .getOne();
}
