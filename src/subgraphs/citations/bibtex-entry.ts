/** The largest BibTeX entry that is read, in bytes of UTF-8, with what `@string` puts in. */
export const ENTRY_BYTES = 65_536;

/** The deepest that braces may stand in one another within a value. */
export const BRACE_DEPTH = 64;

/** One entry of a .bib text, as it was written. */
export interface BibtexEntry {
  /** Lower case, without the at sign: `article`. */
  readonly type: string;
  readonly key: string;
  /** The entry from its at sign to its closing brace, character by character; only names of `@string` are replaced by their `{value}`. */
  readonly text: string;
  /** Line of the at sign in the whole text, from 1. */
  readonly line: number;
  /** Field name in lower case → value without its delimiters, LaTeX kept, runs of white space made one space. The first of two fields of one name. */
  readonly fields: ReadonlyMap<string, string>;
}

/** What is wrong with one entry, and where. */
export interface BibtexFault {
  /** From 1, in the whole text. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** What was expected and what was got. */
  readonly message: string;
}
