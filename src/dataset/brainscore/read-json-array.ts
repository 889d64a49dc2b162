import { createReadStream } from "node:fs";

/** An entry is at most so long, in characters. */
const LONGEST = 1_000_000;

/** How many brackets may stand in one another in an entry. */
const DEEPEST = 64;

/** An entry of an array in a file, or what is wrong there. */
export type JsonEntry =
  | { readonly line: number; readonly value: unknown }
  /** `isEnd`: nothing after it was read. */
  | { readonly line: number; readonly fault: string };

/**
 * Reads a file that holds one JSON array of objects, entry by entry, without holding the file. As Python writes it: NaN and Infinity stand
 * for numbers; they are given as the texts "NaN", "Infinity" and "-Infinity". An entry that is no JSON is a fault with its line and does
 * not hide the others.
 */
export async function* readJsonArray(file: string): AsyncGenerator<JsonEntry> {
  const scan = new Scan();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const bytes of createReadStream(file, { highWaterMark: 1 << 18 })) {
      yield* scan.read(decoder.decode(bytes as Buffer, { stream: true }));
      if (scan.isBroken) return;
    }
    yield* scan.read(decoder.decode());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    yield { line: scan.line, fault: "expected UTF-8, got bytes that are none (here or in the lines after it)" };
    return;
  }
  yield* scan.end();
}

const QUOTE = 34;
const BACKSLASH = 92;
const LF = 10;

/** Finds where the entries of the array begin and end: strings and brackets are all that this needs to know. */
class Scan {
  line = 1;
  isBroken = false;
  #place: "before" | "between" | "entry" | "after" = "before";
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #pieces: string[] = [];
  #length = 0;
  #deepest = 0;
  #begun = 1;

  *read(chunk: string): Generator<JsonEntry> {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === LF) this.line++;
      if (this.#place !== "entry") {
        if (code === 32 || code === LF || code === 13 || code === 9) continue;
        if (this.#place === "before" && (code === 91 || code === 0xfeff)) {
          if (code === 91) this.#place = "between";
        } else if (this.#place === "between" && code === 44) continue;
        else if (this.#place === "between" && code === 93) this.#place = "after";
        else if (this.#place === "between" && code === 123) {
          this.#place = "entry";
          this.#depth = this.#deepest = 1;
          this.#begun = this.line;
          from = at;
        } else {
          const expected = { before: "a JSON array", between: "an object", after: "the end of the file", entry: "" }[this.#place];
          yield { line: this.line, fault: `expected ${expected}, got ${JSON.stringify(chunk.slice(at, at + 20))}; the rest was not read` };
          this.isBroken = true;
          return;
        }
      } else if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) this.#isInString = false;
      } else if (code === QUOTE) this.#isInString = true;
      else if (code === 123 || code === 91) this.#deepest = Math.max(this.#deepest, ++this.#depth);
      else if ((code === 125 || code === 93) && --this.#depth === 0) {
        this.#keep(chunk.slice(from, at + 1));
        this.#place = "between";
        yield this.#entry();
      }
    }
    if (this.#place === "entry") this.#keep(chunk.slice(from));
  }

  *end(): Generator<JsonEntry> {
    if (this.#place === "after") return;
    const expected = {
      before: "a JSON array",
      between: "] at the end",
      entry: `the end of the entry that begins in line ${this.#begun}`,
      after: "",
    };
    yield { line: this.line, fault: `expected ${expected[this.#place]}, got the end of the file` };
  }

  #keep(text: string): void {
    this.#length += text.length;
    if (this.#length > LONGEST) this.#pieces = [];
    else this.#pieces.push(text);
  }

  #entry(): JsonEntry {
    const text = this.#pieces.join("");
    const isTooLong = this.#length > LONGEST;
    this.#pieces = [];
    this.#length = 0;
    const line = this.#begun;
    if (this.#deepest > DEEPEST) return { line, fault: `expected an entry of at most ${DEEPEST} brackets in one another` };
    if (isTooLong) return { line, fault: `expected an entry of at most ${LONGEST} characters` };
    try {
      return { line, value: JSON.parse(/NaN|Infinity/.test(text) ? text.replace(TOKENS, quoteNumber) : text) as unknown };
    } catch (error) {
      return { line, fault: `the entry is not JSON: ${(error as Error).message.replaceAll(/\s+/g, " ")}` };
    }
  }
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs;

const quoteNumber = (token: string): string => (token.startsWith('"') ? token : `"${token}"`);
