// What texts a fact may hold, wherever it comes from: a folder, a mutation, another source.

/** True unless the text holds what no text of a Postgres database does: a NUL, or half of a surrogate pair. */
export const isText = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

const hasNameLength = (text: string): boolean => text.length <= 400 && Array.from(text).length <= 200;

/** A name for people to read: 1 to 200 characters, no control characters or edge spaces. Quotes are fine in it. */
export const isTitle = (text: string): boolean => /^(?!\s)[^\p{Cc}\p{Cs}\u2028\u2029]+(?<!\s)$/u.test(text) && hasNameLength(text);

/** A name that stands in code, URLs and citations: as a title, and without quotes or backslash. */
export const isName = (text: string): boolean => isTitle(text) && !/["'`\\]/.test(text);

/** The key of an account: a name that is no e-mail address. */
export const isAccountKey = (text: string): boolean => isName(text) && !/.@./.test(text);

/** An address on the web. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/]/i.test(text) && !/[\s\p{Cc}]/u.test(text) && URL.canParse(text);

/** What a fault says was expected where a text is not of its kind. */
export const EXPECTED = {
  name: "1 to 200 characters without control characters, quotes, backslash or edge spaces",
  accountKey: "a name of 1 to 200 characters, without quotes or backslash, that is no e-mail address",
  title: "1 to 200 characters without control characters or edge spaces",
  text: "text without NUL characters",
  webAddress: "a URL that begins with http:// or https://",
} as const;
