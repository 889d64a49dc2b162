import { isName } from "../../database/texts";
import { quote } from "../../federation/check-input";
import type { Writing } from "../../federation/mutate";
import type { BibtexEntry } from "./bibtex-entry";
import { replaceKey } from "./replace-key";
import { splitBibtex } from "./split-bibtex";

/** What may take the place of an entry's key. */
const isKey = (key: string): boolean => isName(key) && !/[\s,{}()#%=]/.test(key);

/**
 * The one entry of a BibTeX text, under another key if one is given. Null if the text holds none or several, or a bad one: every fault is
 * refused, with its line.
 */
export function readOneEntry(writing: Writing, { bibtex, key }: { bibtex: string; key?: string | null }): BibtexEntry | null {
  const entry = onlyEntry(writing, bibtex);
  if (key == null) return entry;
  if (isKey(key)) return entry && onlyEntry(writing, replaceKey(entry.text, key));
  writing.refuse("INVALID", ["key"], `Expected 1 to 200 characters, no space, comma, quotes, brackets, #, %, \\ or =; got ${quote(key)}.`);
  return null;
}

function onlyEntry({ refuse }: Writing, bibtex: string): BibtexEntry | null {
  const { entries, faults } = splitBibtex(bibtex.replaceAll(/\r\n?/g, "\n"));
  for (const { line, column, message } of faults) refuse("INVALID", ["bibtex"], `Line ${line}, column ${column}: ${message}.`);
  if (faults.length > 0) return null;
  if (entries.length === 1) return entries[0];
  const got = entries.length === 0 ? "none" : `another one in line ${entries[1].line}`;
  refuse("INVALID", ["bibtex"], `Expected one entry of BibTeX, got ${got}.`);
  return null;
}
