import { CitationFormat } from "./citation-format";
import { distinguishKeys } from "./distinguish-keys";
import { formatCitation, withKey, type Citable } from "./format-citation";

/**
 * References as one text, in the order given, each work once (the first of equal ones). Keys are unique in it: different works under one
 * key get a, b, …. BIBTEX and RIS: records with an empty line between; CSL_JSON: one JSON array; APA: a line each. Nothing gives the
 * empty text, in CSL_JSON the empty array.
 */
export function formatBibliography(references: readonly (Citable & { readonly work: string })[], format: CitationFormat): string {
  const works = new Map<string, Citable>();
  for (const reference of references) {
    if (!works.has(reference.work)) works.set(reference.work, reference);
  }
  const chosen = [...works.values()];
  const keys = distinguishKeys(chosen.map(({ key }) => key));
  if (format === CitationFormat.CSL_JSON) return JSON.stringify(chosen.map(({ csl }, place) => withKey(csl, keys[place])));
  return chosen
    .map((reference, place) => formatCitation(reference, format, keys[place]))
    .join(format === CitationFormat.APA ? "\n" : "\n\n");
}
