import type { FastifyReply, FastifyRequest } from "fastify";
import { VARYING } from "../sealed-headers";
import { TRACE_HEADER } from "../start-apollo";
import type { AnswerCounts } from "./counts";
import { type KeptAnswer, KeptAnswers } from "./kept-answers";
import { questionKey } from "./question-key";
import type { RepeatedRequests } from "./repeated-requests";
import { sendAnswer } from "./send-answer";

/** A question by nobody in particular, whose answer may be kept. */
export interface AskedQuestion {
  /** Sends the answer if it is kept; false if it must be computed. */
  sendAgain(reply: FastifyReply): Promise<boolean>;
  /** Keeps the answer that was computed at a public revision, without an error, and sends it. */
  keepAndSend(reply: FastifyReply, revision: string, mediaType: string, text: string): Promise<void>;
}

export interface AnonymousAnswersOptions {
  /** The public revision of the newest board. */
  readonly revision: () => string;
  /** What links in answers begin with, for this request. */
  readonly baseUrl: (request: FastifyRequest) => string;
  readonly counts: AnswerCounts;
  /** Answers the same requests from then on. */
  readonly repeated: RepeatedRequests;
}

/** The answers to anonymous queries of one endpoint. */
export class AnonymousAnswers {
  private readonly kept: KeptAnswers;

  constructor(private readonly options: AnonymousAnswersOptions) {
    this.kept = new KeptAnswers(options.counts);
  }

  /** What an anonymous request asks; null if its answer is not to be kept. */
  asked(request: FastifyRequest): AskedQuestion | null {
    const { headers } = request;
    // An answer with a trace is for who asked for the trace.
    if ([...VARYING, TRACE_HEADER].some((name) => headers[name] !== undefined)) return null;
    const question = questionKey(request);
    if (question === null) return null;
    const { kept } = this;
    const { counts, baseUrl, revision, repeated } = this.options;
    const key = `${baseUrl(request)} ${question}`;
    const { accept } = headers;
    const send = (reply: FastifyReply, answer: KeptAnswer, mediaType: string) => {
      repeated.learn(request.raw, { find: () => kept.at(revision(), key), mediaType, vary: String(reply.getHeader("vary")) });
      return sendAnswer(request, reply, { answer, mediaType }, counts);
    };
    return {
      async sendAgain(reply) {
        const found = kept.find(revision(), key, accept);
        if (!found) return false;
        counts.sentAgainTotal++;
        await send(reply, found.answer, found.mediaType);
        return true;
      },
      keepAndSend: (reply, of, mediaType, text) => send(reply, kept.keep(of, key, { accept, mediaType, text }), mediaType),
    };
  }
}
