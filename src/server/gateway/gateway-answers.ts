import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnswerCounts, zeroAnswerCounts } from "../answers/counts";
import { KeptAnswers } from "../answers/kept-answers";
import type { Question } from "../answers/read-question";
import { sendAnswer } from "../answers/send-answer";
import { VARYING } from "../sealed-headers";
import { isNewer } from "./kept-parts";

/** Sends an answer that was computed at a public revision, for everybody, and keeps it. */
export type Keep = (revision: string, mediaType: string, text: string) => Promise<void>;

/** Computes an answer and sends it: by `keep` if it is one for everybody. `keep` is null for who asks what nobody else does. */
export type Compute = (keep: Keep | null) => Promise<void>;

/** A request. */
export interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Null for one of an odd form. */
  readonly question: Question | null;
  /** As is spoken with the asker; undefined if that is not known yet. */
  readonly mediaType: string | undefined;
}

/**
 * Whole answers to anonymous queries, of the newest public revision that any answer named. The facts are not here: before an answer is sent
 * again, a subgraph is asked whether that is still the newest one.
 */
export class GatewayAnswers {
  private readonly kept: KeptAnswers;
  private newest = "";

  /** `askRevision`: the public revision that is the newest by now; null if that cannot be told. */
  constructor(
    private readonly askRevision: () => Promise<string | null>,
    private readonly counts: AnswerCounts = zeroAnswerCounts(),
  ) {
    this.kept = new KeptAnswers(counts);
  }

  /** Answers with what is kept, else by `compute`. */
  async answer({ request, reply, question, mediaType }: Asked, compute: Compute): Promise<void> {
    const isForNobody = ["authorization", ...VARYING].every((name) => request.headers[name] === undefined);
    if (!question?.isPlain || !isForNobody) return compute(null);
    const key = JSON.stringify([question.hash, question.operationName, question.variables]);
    if (mediaType !== undefined && this.kept.find(this.newest, key)) {
      const revision = await this.askRevision();
      if (revision !== null) this.note(revision);
      const answer = revision === null ? null : this.kept.find(this.newest, key);
      if (answer) {
        this.counts.sentAgainTotal++;
        return sendAnswer(request, reply, { answer, mediaType }, this.counts);
      }
    }
    return compute((of, spoken, text) => {
      this.note(of);
      return sendAnswer(request, reply, { answer: this.kept.keep(of, key, text), mediaType: spoken }, this.counts);
    });
  }

  /** What is kept is of the newest revision: subgraphs that lag behind bring none back. */
  private note(revision: string): void {
    if (!isNewer(revision, this.newest)) return;
    this.newest = revision;
    this.kept.find(revision, "");
  }
}
