import type { Conditions } from "../conditions/conditions";
import { client } from "../graph/client";
import { bibliographyQuery, citationsQuery } from "./queries";

/** Most references that the API writes at once. */
const MOST = 500;

/** What a domain and the benchmarks under conditions are to be cited by, as BibTeX. Throws if the server does not answer. */
export async function fetchCitations(domain: string, under: Conditions | undefined): Promise<string> {
  const cited = await client.query(citationsQuery, { domain, under }).toPromise();
  if (cited.error) throw cited.error;
  const ids = [...(cited.data?.domain?.references ?? []), ...(cited.data?.standings.citedReferences ?? [])].map(({ id }) => id);
  const references = [...new Set(ids)];
  const texts: string[] = [];
  for (let from = 0; from < references.length; from += MOST) {
    const part = await client.query(bibliographyQuery, { references: references.slice(from, from + MOST) }).toPromise();
    if (part.error) throw part.error;
    texts.push(part.data?.bibliography ?? "");
  }
  return texts.join("\n");
}
