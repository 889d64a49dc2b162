import { BRACE_DEPTH, ENTRY_BYTES } from "./bibtex-entry";

/** A fault of the entry that is being read, at an offset of the whole text. */
export class EntryFault extends Error {
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

/** What stood at an at sign: an entry, or something else that BibTeX knows and that was dealt with (`@string`, `@comment`, `@preamble`). */
export interface ReadEntry {
  /** Offset of the first character after it. */
  readonly end: number;
  readonly entry: { type: string; key: string; text: string; fields: Map<string, string> } | null;
}

const WORD = /[A-Za-z]+/y;
const NAME = /[A-Za-z_][\w:.+/-]*/y;
const NUMBER = /[0-9]+/y;
const KEY = /[^\s,{}"#%\\=]{1,200}/y;
const SPACE = /\s*/y;
const LINE = /[^\r\n]*/y;
/** What Postgres cannot store: NUL and halves of surrogate pairs. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/**
 * Reads what stands at the at sign `start` of a .bib text. `strings` holds the `@string` names met so far (lower case → value) and takes
 * up a new one. Braces count as BibTeX counts them: also after a backslash. Throws EntryFault for what is not BibTeX, for an entry
 * above ENTRY_BYTES and for braces deeper than BRACE_DEPTH.
 */
export function readBibtexEntry(source: string, start: number, strings: Map<string, string>): ReadEntry {
  const limit = start + ENTRY_BYTES;
  const replaced: { from: number; to: number; value: string }[] = [];
  let at = start + 1;

  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0] ?? "";
    at += found.length;
    return found;
  };
  const fail = (expected: string): never => {
    const got = at < source.length ? JSON.stringify(source.slice(at, at + 20).split(/\s/)[0] || source[at]) : "the end of the text";
    throw new EntryFault(at, `expected ${expected}, got ${got}`);
  };
  const tooLarge = (): never => {
    throw new EntryFault(start, `an entry has at most ${ENTRY_BYTES} bytes; this one is larger, or is never closed`);
  };
  const expect = (pattern: RegExp, expected: string): string => match(pattern) || fail(expected);
  /** White space, and comments from a percent sign to the end of the line, as biber reads them. */
  const skipSpace = (): void => {
    for (match(SPACE); source[at] === "%"; match(SPACE)) {
      match(LINE);
      if (at > limit) tooLarge();
    }
  };

  /** From an opening brace to behind its closing one, however far: tools keep long notes of their own in `@comment{…}`. */
  function skipBalanced(): void {
    let depth = 0;
    do {
      if (at >= source.length) fail("a closing } of @comment");
      if (source[at] === "{") depth++;
      else if (source[at] === "}") depth--;
      at++;
    } while (depth > 0);
  }

  /** What stands between two delimiters, the first of which is at `at`; the last may only stand outside braces. */
  function delimited(last: string): string {
    const from = ++at;
    for (let depth = 0; ; at++) {
      if (at >= source.length) fail(`a closing ${last}`);
      if (at > limit) tooLarge();
      const character = source[at];
      if (character === last && depth === 0) return source.slice(from, at++);
      if (character === "{" && ++depth > BRACE_DEPTH) fail(`braces at most ${BRACE_DEPTH} deep`);
      if (character === "}" && --depth < 0) fail(`a closing ${last}`);
    }
  }

  function part(): string {
    if (source[at] === "{") return delimited("}");
    if (source[at] === '"') return delimited('"');
    const number = match(NUMBER);
    if (number) return number;
    const from = at;
    const name = expect(NAME, 'a value: {…}, "…", a number or a name of @string');
    const value = strings.get(name.toLowerCase());
    if (value === undefined) return name;
    replaced.push({ from, to: at, value });
    return value;
  }

  function value(): string {
    let whole = part();
    for (skipSpace(); source[at] === "#"; skipSpace()) {
      at++;
      skipSpace();
      whole += part();
      if (whole.length > ENTRY_BYTES) tooLarge();
    }
    return whole;
  }

  function field(): [name: string, value: string] {
    const name = expect(NAME, "the name of a field").toLowerCase();
    skipSpace();
    if (source[at] !== "=") fail(`= after ${name}`);
    at++;
    skipSpace();
    return [name, value()];
  }

  /** The entry's text with the names of `@string` replaced. */
  function text(): string {
    let whole = "";
    let from = start;
    for (const { from: until, to, value } of replaced) {
      whole += `${source.slice(from, until)}{${value}}`;
      if (whole.length > ENTRY_BYTES) tooLarge();
      from = to;
    }
    return whole + source.slice(from, at);
  }

  match(/[ \t]*/y);
  const type = expect(WORD, "the type of an entry").toLowerCase();
  skipSpace();
  if (type === "comment") {
    if (source[at] !== "{") match(LINE);
    else skipBalanced();
    return { end: at, entry: null };
  }
  const close = source[at] === "{" ? "}" : source[at] === "(" ? ")" : fail(`{ after @${type}`);
  at++;
  skipSpace();
  if (type === "string") {
    const [name, text] = field();
    strings.set(name, text);
  } else if (type === "preamble") {
    value();
  }
  if (type === "string" || type === "preamble") {
    skipSpace();
    match(/,/y);
    skipSpace();
    if (source[at] !== close) fail(`${close} at the end of @${type}`);
    return { end: at + 1, entry: null };
  }

  const key = expect(close === ")" ? /[^\s,{}()"#%\\=]{1,200}/y : KEY, "the key of the entry (1 to 200 characters, no space or comma)");
  skipSpace();
  const fields = new Map<string, string>();
  while (source[at] === ",") {
    at++;
    skipSpace();
    if (source[at] === "," || source[at] === close) continue;
    const [name, text] = field();
    if (!fields.has(name)) fields.set(name, text.replace(/\s+/g, " ").trim());
    skipSpace();
    if (at > limit) tooLarge();
  }
  if (source[at] !== close) fail(`a comma or ${close}`);
  at++;
  const whole = text();
  if (Buffer.byteLength(whole) > ENTRY_BYTES) tooLarge();
  const unstorable = UNSTORABLE.exec(whole);
  if (unstorable)
    throw new EntryFault(
      start,
      `the entry holds the character U+${unstorable[0].charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}, which cannot be stored`,
    );
  return { end: at, entry: { type, key, text: whole, fields } };
}
