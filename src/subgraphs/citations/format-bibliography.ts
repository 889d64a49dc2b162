import type { CitationFormat } from "./citation-format";
import { distinguishKeys } from "./distinguish-keys";
import { formatCitation, withKey, type Citable } from "./format-citation";
import { identifyWork } from "./identify-work";

/**
 * References as one text, in the order given, each work once (the first of equal ones). Keys are unique in it: different works under one
 * key get a, b, …. BIBTEX and RIS: records with an empty line between; CSL_JSON: one JSON array; APA: a line each. Nothing gives the
 * empty text, in CSL_JSON the empty array.
 */
export function formatBibliography(references: readonly (Citable & { readonly doi: string | null })[], format: CitationFormat): string {
  const works = new Map<string, Citable>();
  for (const reference of references) {
    const work = identifyWork(reference);
    if (!works.has(work)) works.set(work, reference);
  }
  const chosen = [...works.values()];
  const keys = distinguishKeys(chosen.map(({ key }) => key));
  if (format === "CSL_JSON") return JSON.stringify(chosen.map(({ csl }, place) => withKey(csl, keys[place])));
  return chosen.map((reference, place) => formatCitation(reference, format, keys[place])).join(format === "APA" ? "\n" : "\n\n");
}
