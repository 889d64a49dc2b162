import type { BibtexEntry, BibtexFault } from "./bibtex-entry";
import { EntryFault, readBibtexEntry } from "./read-bibtex-entry";

/** After so many bad entries the rest is not read: no .bib file has them, and each costs up to an entry's length to find. */
const MOST_FAULTS = 100;

/** An at sign that begins an entry, or that stands first in its line before a word and so was meant to. */
const BEGINNING = /@[ \t]*[A-Za-z]+\s*[{(]|@(?<=^[ \t]*@)[ \t]*[A-Za-z]/gm;
/** Where reading goes on after a bad entry. */
const NEXT = /@[ \t]*[A-Za-z]+\s*[{(]/g;

/**
 * Splits a .bib text into its entries, in order. Text between entries is ignored, `@string` is resolved, `@comment` and `@preamble`
 * are left out. A bad entry becomes a fault and does not hide the others: reading goes on at the next at sign that begins one.
 */
export function splitBibtex(source: string): { entries: BibtexEntry[]; faults: BibtexFault[] } {
  const entries: BibtexEntry[] = [];
  const faults: BibtexFault[] = [];
  const strings = new Map<string, string>();
  const locate = locator(source);
  const next = (pattern: RegExp, from: number): number => {
    pattern.lastIndex = from;
    return pattern.exec(source)?.index ?? -1;
  };
  for (let at = next(BEGINNING, 0); at >= 0;) {
    try {
      const { end, entry } = readBibtexEntry(source, at, strings);
      if (entry) entries.push({ ...entry, line: locate(at).line });
      at = next(BEGINNING, end);
    } catch (error) {
      if (!(error instanceof EntryFault)) throw error;
      if (faults.length === MOST_FAULTS) {
        faults.push({ ...locate(at), message: `more than ${MOST_FAULTS} bad entries: the rest was not read` });
        break;
      }
      faults.push({ ...locate(error.at), message: `in the entry that begins in line ${locate(at).line}: ${error.message}` });
      at = next(NEXT, at + 1);
    }
  }
  return { entries, faults };
}

/** Line and column, both from 1, of offsets of a text. LF, CRLF and CR end a line. */
function locator(source: string): (at: number) => { line: number; column: number } {
  const starts = [0];
  for (const { index, 0: end } of source.matchAll(/\r\n|\r|\n/g)) starts.push(index + end.length);
  return (at) => {
    let low = 0;
    for (let high = starts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - starts[low] + 1 };
  };
}
