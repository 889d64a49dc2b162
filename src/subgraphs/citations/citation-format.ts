import { registerEnumType } from "type-graphql";

/** The ways a citation is written. */
export enum CitationFormat {
  BIBTEX = "BIBTEX",
  RIS = "RIS",
  CSL_JSON = "CSL_JSON",
  APA = "APA",
}

registerEnumType(CitationFormat, {
  name: "CitationFormat",
  description: "How a citation is written.",
  valuesConfig: {
    BIBTEX: { description: "The BibTeX entry as it was registered." },
    RIS: { description: "RIS, which reference managers import." },
    CSL_JSON: { description: "CSL-JSON: an array of items, as text." },
    APA: { description: "A line of plain text in the style of the American Psychological Association, 7th edition." },
  },
});
