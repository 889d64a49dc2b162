import type { FastifyReply, FastifyRequest } from "fastify";
import type { AnswerCounts } from "./counts";
import { chooseEncoding } from "./encoding";
import { holdsTag } from "./holds-tag";
import type { KeptAnswer } from "./kept-answers";

/** Any cache may keep it, and must ask each time whether it is still so: answers are never older than what is known here. */
const CACHEABLE = "public, max-age=0, must-revalidate";

/** Sends an answer to an anonymous query as its asker takes it; to one who has it, that it is still so. */
export async function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { answer, mediaType }: { answer: KeptAnswer; mediaType: string },
  counts: AnswerCounts,
): Promise<void> {
  if (request.method === "GET") {
    void reply.header("etag", answer.tag).header("cache-control", CACHEABLE);
    if (holdsTag(request.headers["if-none-match"], answer.tag)) {
      counts.notModifiedTotal++;
      return void (await reply.code(304).send());
    }
  }
  const encoding = chooseEncoding(request.headers["accept-encoding"], answer.bytes.length);
  const made = answer.as(encoding);
  const bytes = Buffer.isBuffer(made) ? made : await made;
  if (encoding !== "identity") void reply.header("content-encoding", encoding);
  await reply.code(200).header("content-type", mediaType).send(bytes);
}
