import { ExpectedError } from "../../errors";
import type { Limits } from "./limits";

/** What is counted, as people say it. */
const COUNTED: Readonly<Record<keyof Limits, string>> = {
  bodyBytes: "bytes in a body",
  tokens: "tokens in a document",
  depth: "levels of fields within each other",
  aliases: "aliases in a document",
  rootFields: "fields at the root",
  directives: "directives in a document",
  fields: "fields in a document, with those of fragments wherever they are spread",
  pairs: "pairs of fields under one name",
  listEntries: "entries in a list of the variables",
  nodes: "nodes in an answer, as far as can be told before",
  milliseconds: "milliseconds",
};

/** A limit is exceeded. `got`: how much was asked for; null: more, but nobody counted on. */
export function exceeded(limit: keyof Limits, most: number, got: number | null): ExpectedError {
  const found = got === null ? "there are more" : `got ${got}`;
  return new ExpectedError("TOO_MANY", `At most ${most} ${COUNTED[limit]}; ${found}.`, { limit, most, ...(got === null ? {} : { got }) });
}
