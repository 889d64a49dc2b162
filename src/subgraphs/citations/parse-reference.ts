import type { BibtexEntry } from "./bibtex-entry";
import { readCsl } from "./citation-engine";
import { familyName, isOthers, type CslItem, type CslName } from "./csl";
import { plainText } from "./plain-text";
import { doiOfUrl, readDoi } from "./read-doi";
import { readUrl } from "./read-url";
import { tidyCsl } from "./tidy-csl";

/** What is known of a reference from its BibTeX entry: the columns of table `reference` but domain and position. */
export interface ParsedReference {
  readonly key: string;
  readonly bibtex: string;
  readonly csl: CslItem;
  /** Without LaTeX and markup; null if the entry has none. */
  readonly title: string | null;
  /** "Family, Given"; a body by its name. Without "others". */
  readonly authors: readonly string[];
  readonly year: number | null;
  /** Lower case, without resolver: of the field, else of a URL of doi.org. */
  readonly doi: string | null;
  /** Absolute. */
  readonly url: string | null;
}

/** Reads one entry. Throws nothing: what cannot be understood is null or left out. */
export function parseReference(entry: BibtexEntry): ParsedReference {
  const read = tidyCsl(readCsl(entry));
  const fieldUrl = entry.fields.get("url") ?? entry.fields.get("howpublished");
  const url = fieldUrl === undefined ? null : readUrl(fieldUrl);
  const doi = readDoi(entry.fields.get("doi") ?? "") ?? (url === null ? null : doiOfUrl(url));
  const csl: CslItem = { ...read, id: entry.key, "citation-key": entry.key, type: read.type ?? "document" };
  if (doi !== null) csl.DOI = doi;
  if (url !== null) csl.URL = url;
  else delete csl.URL;
  const title = plainText(read.title ?? "") || null;
  const authors = (csl.author ?? []).filter((name) => !isOthers(name)).map(writeName);
  return { key: entry.key, bibtex: entry.text, csl, title, authors, year: yearOf(csl), doi, url };
}

const writeName = (name: CslName): string =>
  plainText([familyName(name), name.given, name.suffix].filter(Boolean).join(", ") || name.literal || "");

/** The year of issue; of a date in words ("in press 2021") its four digits, if there are. */
function yearOf({ issued }: CslItem): number | null {
  const year = Number(issued?.["date-parts"]?.[0]?.[0] ?? /(?<!\d)\d{4}(?!\d)/.exec(issued?.literal ?? "")?.[0]);
  return Number.isInteger(year) && year >= 1 && year <= 9999 ? year : null;
}
