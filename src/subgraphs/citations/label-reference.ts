import { familyName, isOthers, type CslItem, type CslName } from "./csl";
import { plainText } from "./plain-text";

/** The longest title that stands in a label whole, in characters. */
const TITLE_LENGTH = 60;

/**
 * How a reference is named in running text: "Marques et al., 2021"; "A and B, 2020" for two authors, "A, 2020" for one. Without authors the
 * editors, else the title (shortened), else the key. Without a year the names alone.
 */
export function labelReference({
  key,
  csl,
  title,
  year,
}: {
  key: string;
  csl: CslItem;
  title: string | null;
  year: number | null;
}): string {
  const people = csl.author?.length ? csl.author : (csl.editor ?? []);
  const named = people.filter((name) => !isOthers(name)).map(nameInText);
  const isMore = named.length > 2 || (named.length > 0 && named.length < people.length);
  const who = isMore ? `${named[0]} et al.` : named.join(" and ") || (title === null ? key : shorten(title));
  return year === null ? who : `${who}, ${year}`;
}

const nameInText = (name: CslName): string => plainText(familyName(name) || name.literal || "");

/** Cut between words, with an ellipsis. */
function shorten(title: string): string {
  if (title.length <= TITLE_LENGTH) return title;
  const space = title.lastIndexOf(" ", TITLE_LENGTH);
  return `${title.slice(0, space > 0 ? space : TITLE_LENGTH)}…`;
}
