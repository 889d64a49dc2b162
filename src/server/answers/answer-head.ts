import type { IncomingMessage } from "node:http";
import { chooseEncoding, type Encoding } from "./encoding";
import { holdsTag } from "./holds-tag";
import type { KeptAnswer } from "./kept-answers";

/** Any cache may keep it, and must ask each time whether it is still so: answers are never older than what is known here. */
const CACHEABLE = "public, max-age=0, must-revalidate";

/** How a kept answer is sent. */
export interface AnswerHead {
  /** 304: without its bytes, as the asker has them. */
  readonly status: 200 | 304;
  readonly encoding: Encoding;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

/** How an answer is sent to who asks for it: encoded as they take it; to one who has it, that it is still so. */
export function answerHead(
  { method, headers }: Pick<IncomingMessage, "method" | "headers">,
  answer: KeptAnswer,
  mediaType: string,
): AnswerHead {
  const caching = method === "GET" ? ["etag", answer.tag, "cache-control", CACHEABLE] : [];
  if (method === "GET" && holdsTag(headers["if-none-match"], answer.tag)) return { status: 304, encoding: "identity", headers: caching };
  const encoding = chooseEncoding(headers["accept-encoding"] as string | undefined, answer.bytes.length);
  const encoded = encoding === "identity" ? [] : ["content-encoding", encoding];
  return { status: 200, encoding, headers: ["content-type", mediaType, ...encoded, ...caching] };
}
