import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, isEnumType, type GraphQLLeafType } from "graphql";
import { Unplanned, type Write } from "./plan";

/** What JSON escapes: quotes, backslashes, control characters, and halves of characters. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/** Texts of up to so many characters are looked through one by one: a regular expression takes longer to begin. */
const SHORT = 40;

/** The JSON of a text, as JSON.stringify writes it. */
export function writeText(text: string): string {
  const { length } = text;
  if (length > SHORT) return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code < 0xe000)) return JSON.stringify(text);
  }
  return `"${text}"`;
}

function writeSerialized(type: GraphQLLeafType, value: unknown): string {
  const serialized: unknown = type.serialize(value);
  if (typeof serialized === "string") return writeText(serialized);
  if (serialized === null || serialized === undefined) throw new TypeError(`${type.name} has no text for a value.`);
  const text: string | undefined = JSON.stringify(serialized);
  if (text === undefined) throw new Unplanned(`${type.name} gave what JSON has no text for.`);
  return text;
}

/** How values of a scalar or an enum are written; the usual ones of those that GraphQL has itself without asking its `serialize`. */
export function writeLeaf(type: GraphQLLeafType): Write {
  const other: Write = (_run, value) => writeSerialized(type, value);
  if (type === GraphQLString || type === GraphQLID)
    return (run, value) => (typeof value === "string" ? writeText(value) : other(run, value));
  if (type === GraphQLBoolean) return (run, value) => (typeof value === "boolean" ? String(value) : other(run, value));
  // A small integer is written without a fraction, whatever its sign: −0 is written 0.
  if (type === GraphQLInt) return (run, value) => (typeof value === "number" && (value | 0) === value ? `${value}` : other(run, value));
  if (type === GraphQLFloat) return (run, value) => (typeof value === "number" && Number.isFinite(value) ? `${value}` : other(run, value));
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, `"${name}"`]));
    return (run, value) => texts.get(value) ?? other(run, value);
  }
  return other;
}
