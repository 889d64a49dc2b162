import type { BibtexEntry } from "./bibtex-entry";
import { readCsl } from "./citation-engine";
import { isOthers, type CslDate, type CslItem, type CslName } from "./csl";
import { plainText } from "./plain-text";
import { doiOfUrl, readDoi } from "./read-doi";
import { readUrl } from "./read-url";

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
  const read = storable(readCsl(entry)) as Partial<CslItem>;
  const fieldUrl = entry.fields.get("url") ?? entry.fields.get("howpublished");
  const url = fieldUrl === undefined ? null : readUrl(fieldUrl);
  const doi = readDoi(entry.fields.get("doi") ?? "") ?? (url === null ? null : doiOfUrl(url));
  const csl: CslItem = { ...withTidyDates(read), id: entry.key, "citation-key": entry.key, type: read.type ?? "document" };
  if (read.author) csl.author = names(read.author);
  if (read.editor) csl.editor = names(read.editor);
  if (doi !== null) csl.DOI = doi;
  if (url !== null) csl.URL = url;
  else delete csl.URL;
  const title = plainText(read.title ?? "") || null;
  const authors = (csl.author ?? []).filter((name) => !isOthers(name)).map(writeName);
  return { key: entry.key, bibtex: entry.text, csl, title, authors, year: yearOf(csl), doi, url };
}

/** A copy that jsonb takes: Postgres stores neither NUL nor half a surrogate pair, and LaTeX has ways to write both. */
function storable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "string" ? inner.replace(/\0|\p{Surrogate}/gu, "\uFFFD") : inner,
  );
}

/** Names without the empty ones; `and others` becomes the literal name "others", as pandoc writes it. */
const names = (given: CslName[]): CslName[] =>
  given.flatMap((name) => {
    if (name.family === "others" && !name.given) return [{ literal: "others" }];
    return name.family || name.literal ? [name] : name.given ? [{ literal: name.given }] : [];
  });

function writeName(name: CslName): string {
  const family = [name["non-dropping-particle"], name.family].filter(Boolean).join(" ");
  return plainText([family, name.given, name.suffix].filter(Boolean).join(", ") || name.literal || "");
}

const withTidyDates = (item: Partial<CslItem>): Partial<CslItem> =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) => {
      const tidy = isDate(value) ? tidyDate(value) : value;
      return tidy === undefined ? [] : [[name, tidy]];
    }),
  );

const isDate = (value: unknown): value is CslDate => typeof value === "object" && value !== null && "date-parts" in value;

/** A date without what no calendar has: parts that are no numbers, a month 13, a third date in a span. */
function tidyDate({ "date-parts": dates = [], ...date }: CslDate): CslDate | undefined {
  const tidy = dates.slice(0, 2).flatMap(([year, month, day]) => {
    if (!isWithin(year, -9999, 9999)) return [];
    if (!isWithin(month, 1, 12)) return [[year]];
    return [isWithin(day, 1, 31) ? [year, month, day] : [year, month]];
  });
  if (tidy.length) return { ...date, "date-parts": tidy };
  return date.literal ? date : undefined;
}

const isWithin = (value: unknown, low: number, high: number): boolean =>
  Number.isInteger(value) && Number(value) >= low && Number(value) <= high;

/** The year of issue; of a date in words ("in press 2021") its four digits, if there are. */
function yearOf({ issued }: CslItem): number | null {
  const year = Number(issued?.["date-parts"]?.[0]?.[0] ?? /(?<!\d)\d{4}(?!\d)/.exec(issued?.literal ?? "")?.[0]);
  return Number.isInteger(year) && year >= 1 && year <= 9999 ? year : null;
}
