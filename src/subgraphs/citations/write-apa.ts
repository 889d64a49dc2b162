import { apaLine } from "./citation-engine";
import { familyName, isOthers, type CslDate, type CslItem, type CslName } from "./csl";
import { plainText } from "./plain-text";

/** The longest text of a field and of a part of a name that is written out, in characters: citeproc's time grows with the square. */
const FIELD_LENGTH = 1000;
const NAME_LENGTH = 200;
/** APA writes the first nineteen authors and the last one of more than twenty. */
const NAMES = 21;
/** Fields that no APA entry shows, and that citeproc would read instructions out of. */
const UNUSED = new Set(["abstract", "annote", "keyword", "note"]);
/** A code or a name of a language, such as `pt-BR` or `english`. */
const LANGUAGE = /^[a-z]{2,10}([-_][a-z0-9]{1,8})*$/i;
/**
 * Words that every object has, such as `toString`: citeproc would find them in tables that it keeps by the words of names, by dates and by
 * languages, and break.
 */
const INHERITED = new RegExp(Object.getOwnPropertyNames(Object.prototype).join("|"), "g");

/**
 * An item in APA style (7th edition) as one line of plain text, never empty: where APA has none (a letter), names, year, title and address in
 * its order. What is longer than any honest field is cut, so that no entry takes seconds.
 */
export function writeApa(item: CslItem): string {
  const bounded = Object.entries(item).flatMap(([name, value]): [string, unknown][] => {
    if (UNUSED.has(name) || (name === "language" && !LANGUAGE.test(keyText(value)))) return [];
    if (typeof value === "string") return [[name, cut(plainText(value), FIELD_LENGTH)]];
    if (Array.isArray(value)) return [[name, boundNames(value as CslName[])]];
    return typeof value === "object" && value !== null ? [[name, boundDate(value as CslDate)]] : [];
  });
  const cited = { ...Object.fromEntries(bounded), id: item.id } as CslItem;
  return apaLine(cited) || plainLine(cited);
}

function plainLine({ id, title, author = [], issued, DOI, URL }: CslItem): string {
  const named = author
    .filter((name) => !isOthers(name))
    .map((name) => [familyName(name) || name.literal, name.given].filter(Boolean).join(", "));
  const names = named.length === 0 ? "" : named.length < author.length ? `${named.join("; ")} et al.` : named.join("; ");
  const date = issued?.["date-parts"]?.[0]?.[0] ?? issued?.literal ?? "n.d.";
  const address = DOI ? `https://doi.org/${DOI}` : URL;
  const parts = names ? [`${names} (${date}).`, title && `${title}.`] : [`${title || cut(id, NAME_LENGTH)} (${date}).`];
  return [...parts, address].filter(Boolean).join(" ");
}

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

function boundNames(names: readonly CslName[]): CslName[] {
  const some = names.length > NAMES ? [...names.slice(0, NAMES - 1), names[names.length - 1]] : names;
  return some.map(boundName).filter((name) => Object.keys(name).length > 0);
}

const boundName = (name: CslName): CslName =>
  Object.fromEntries(
    Object.entries(name)
      .map(([part, text]) => [part, keyText(text)])
      .filter(([, text]) => text !== ""),
  );

function boundDate({ literal, ...date }: CslDate): CslDate {
  const words = keyText(literal ?? "");
  return words ? { ...date, literal: words } : date;
}

/** Text that citeproc keeps something by. */
const keyText = (value: unknown): string => cut(plainText(plainText(String(value)).replace(INHERITED, " ")), NAME_LENGTH);
