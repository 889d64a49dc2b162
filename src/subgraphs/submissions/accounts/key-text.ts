import { createHash, randomBytes } from "node:crypto";

/** Bits of the secret, and characters that hold them: 62^43 is more than 2^256. */
const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;

/** About 47 bits, so that two prefixes are hardly ever the same; the database refuses those that are. */
const PREFIX_LENGTH = 8;

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** What a key looks like: found in a file, it can be told whose it is, and a scanner for secrets can find it. */
const KEY = new RegExp(`^(st_[${DIGITS}]{${PREFIX_LENGTH}})_[${DIGITS}]{${SECRET_LENGTH}}$`);

/** What is kept of a key. */
export interface KeptKey {
  /** Its beginning, which is no secret: `st_` and 8 characters. */
  readonly prefix: string;
  /** SHA-256 of the whole text. The text has 256 random bits, so no slow hash is needed. */
  readonly hash: Buffer;
}

/** A random number in digits and letters, without signs, so that a double click takes all of it. */
function randomText(bytes: number, length: number): string {
  let number = BigInt(`0x${randomBytes(bytes).toString("hex")}`);
  let text = "";
  for (let place = 0; place < length; place++) {
    text = DIGITS[Number(number % 62n)] + text;
    number /= 62n;
  }
  return text;
}

const hashOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Makes a key: its text, `st_<prefix>_<secret>`, which is told once, and what is kept of it. */
export function mintKey(): KeptKey & { readonly text: string } {
  const prefix = `st_${randomText(SECRET_BYTES, PREFIX_LENGTH)}`;
  const text = `${prefix}_${randomText(SECRET_BYTES, SECRET_LENGTH)}`;
  return { text, prefix, hash: hashOf(text) };
}

/** What is kept of the key that a text is; null if it is none. */
export function readKey(text: string): KeptKey | null {
  const prefix = KEY.exec(text)?.[1];
  return prefix === undefined ? null : { prefix, hash: hashOf(text) };
}

/** The prefix that a text begins with: of a whole key, however mistyped, so that nothing repeats its secret; else the text itself. */
export const prefixOf = (text: string): string => (text.startsWith("st_") ? text.slice(0, "st_".length + PREFIX_LENGTH) : text);
