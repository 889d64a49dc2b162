/** How deep literals may stand in one another. */
const DEPTH = 8;

/** What a Python literal says: dicts as maps, lists, tuples and sets as arrays. */
export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<Literal, Literal>;

/** What was expected in a literal, and where. */
export class LiteralFault extends Error {}

/**
 * Reads a text that is one Python literal, without evaluating it: dicts, lists, tuples, sets, strings, numbers, True, False, None. Throws
 * LiteralFault with what was expected at which character.
 */
export function readLiteral(text: string): Literal {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const WORDS: Readonly<Record<string, Literal>> = { True: true, False: false, None: null };
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): Literal {
    if (depth > DEPTH) this.fail(`at most ${DEPTH} literals in one another`);
    this.space();
    const first = this.text[this.#at];
    if (first === "{") return this.braces(depth);
    if (first === "[") return this.list("]", depth);
    if (first === "(") return this.list(")", depth);
    const quoted = this.take(/[urURbB]{0,2}(?=['"])/y);
    if (quoted !== null) return this.string(/r/i.test(quoted));
    const number = this.take(/[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
    if (number !== null) return Number(number.replaceAll("_", ""));
    const word = this.take(/[A-Za-z]+/y);
    if (word !== null && Object.hasOwn(WORDS, word)) return WORDS[word];
    this.fail("a literal");
  }

  end(): void {
    this.space();
    if (this.#at < this.text.length) this.fail("the end");
  }

  private braces(depth: number): Literal {
    this.#at++;
    const map = new Map<Literal, Literal>();
    const set: Literal[] = [];
    while (!this.closes("}")) {
      const key = this.value(depth + 1);
      this.space();
      if (this.text[this.#at] === ":") {
        this.#at++;
        map.set(key, this.value(depth + 1));
      } else set.push(key);
      this.comma("}");
    }
    if (map.size > 0 && set.length > 0) this.fail("a dict or a set");
    return set.length > 0 ? set : map;
  }

  private list(close: string, depth: number): Literal[] {
    this.#at++;
    const values: Literal[] = [];
    while (!this.closes(close)) {
      values.push(this.value(depth + 1));
      this.comma(close);
    }
    return values;
  }

  private string(isRaw: boolean): string {
    const quote = this.text[this.#at++];
    let value = "";
    for (;;) {
      const next = this.text[this.#at++];
      if (next === undefined || next === "\n") this.fail(`a closing ${quote}`);
      if (next === quote) return value;
      if (next !== "\\") {
        value += next;
        continue;
      }
      const escaped = this.text[this.#at++];
      const code = isRaw ? null : escaped === "x" ? this.take(/[\da-fA-F]{2}/y) : escaped === "u" ? this.take(/[\da-fA-F]{4}/y) : null;
      value += code !== null ? String.fromCharCode(parseInt(code, 16)) : isRaw ? `\\${escaped}` : (ESCAPES[escaped] ?? `\\${escaped}`);
    }
  }

  private closes(close: string): boolean {
    this.space();
    if (this.text[this.#at] !== close) return false;
    this.#at++;
    return true;
  }

  private comma(close: string): void {
    this.space();
    if (this.text[this.#at] === ",") this.#at++;
    else if (this.text[this.#at] !== close) this.fail(`a comma or ${close}`);
  }

  private space(): void {
    this.take(/\s+/y);
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  private fail(expected: string): never {
    const got = this.#at < this.text.length ? JSON.stringify(this.text.slice(this.#at, this.#at + 20)) : "the end";
    throw new LiteralFault(`expected ${expected} at character ${this.#at + 1}, got ${got}`);
  }
}
