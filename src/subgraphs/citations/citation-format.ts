/** The ways a citation is written. */
export const CITATION_FORMATS = ["BIBTEX", "RIS", "CSL_JSON", "APA"] as const;

export type CitationFormat = (typeof CITATION_FORMATS)[number];
