/** A name in CSL-JSON. A body or a mononym has a family name only, or is `literal`. */
export interface CslName {
  family?: string;
  given?: string;
  suffix?: string;
  "non-dropping-particle"?: string;
  "dropping-particle"?: string;
  literal?: string;
}

/** A date or, with two parts, a span of dates: year, month (1 to 12) and day as far as known; or a date in words. */
export interface CslDate {
  "date-parts"?: number[][];
  literal?: string;
}

/** An item of CSL-JSON (citationstyles.org, schema 1.0): the fields that are read here, and whatever else an entry had. */
export interface CslItem {
  id: string;
  type: string;
  title?: string;
  author?: CslName[];
  editor?: CslName[];
  issued?: CslDate;
  DOI?: string;
  URL?: string;
  [field: string]: unknown;
}

/** True for the name that BibTeX writes as `and others`: the list goes on with names that are not told. */
export const isOthers = ({ literal }: CslName): boolean => literal === "others";

/** The family name with what belongs before it: "van der Maaten"; empty for a literal name. */
export const familyName = (name: CslName): string => [name["non-dropping-particle"], name.family].filter(Boolean).join(" ");
