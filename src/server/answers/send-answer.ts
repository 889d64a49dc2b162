import type { Answering, Asking } from "../asking";
import { answerHead } from "./answer-head";
import type { AnswerCounts } from "./counts";
import type { KeptAnswer } from "./kept-answers";

/** Sends an answer to an anonymous query as its asker takes it; to one who has it, that it is still so. */
export async function sendAnswer(
  request: Asking,
  reply: Answering,
  { answer, mediaType }: { answer: KeptAnswer; mediaType: string },
  counts: AnswerCounts,
): Promise<void> {
  const { status, encoding, headers } = answerHead(request, answer, mediaType);
  for (let at = 0; at < headers.length; at += 2) void reply.header(headers[at], headers[at + 1]);
  if (status === 304) {
    counts.notModifiedTotal++;
    return void (await reply.code(304).send());
  }
  const made = answer.as(encoding);
  await reply.code(200).send(Buffer.isBuffer(made) ? made : await made);
}
