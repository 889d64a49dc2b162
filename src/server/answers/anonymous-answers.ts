import type { Answering, Asking } from "../asking";
import { noteOf, operationName } from "../request-note";
import { VARYING } from "../sealed-headers";
import { TRACE_HEADER } from "../start-apollo";
import type { AnswerCounts } from "./counts";
import { type KeptAnswer, KeptAnswers } from "./kept-answers";
import type { Question } from "./read-question";
import type { RepeatedRequests } from "./repeated-requests";
import { sendAnswer } from "./send-answer";

/** Sends an answer that was computed at a public revision, without an error, and keeps it. */
export type Keep = (revision: string, mediaType: string, text: string) => Promise<void>;

/** Computes an answer and sends it: by `keep` if it is one for everybody. `keep` is null for who asks what nobody else does. */
export type Compute = (keep: Keep | null) => Promise<void>;

/** How it ended that an answer was computed for somebody: whoever else asked for it meanwhile looks again, or is to compute their own. */
type Outcome = "again" | "own";

/** An anonymous request. */
export interface Asked {
  readonly request: Asking;
  readonly reply: Answering;
  /** Null for one of an odd form. */
  readonly question: Question | null;
  /** As is spoken with the asker; undefined if that is not known yet. */
  readonly mediaType: string | undefined;
}

export interface AnonymousAnswersOptions {
  /** The public revision of the newest board. */
  readonly revision: () => string;
  /** What links in answers begin with, for this request. */
  readonly baseUrl: (request: Asking) => string;
  readonly counts: AnswerCounts;
  /** Answers the same requests from then on. */
  readonly repeated: RepeatedRequests;
}

/** True if a client has gone before it was answered. */
const isGone = ({ raw }: Answering): boolean => raw.destroyed && !raw.writableFinished;

/** The answers to anonymous queries of one endpoint. */
export class AnonymousAnswers {
  private readonly kept: KeptAnswers;
  /** Questions, with the revision, whose answers are being computed. */
  private readonly computing = new Map<string, Promise<Outcome>>();

  constructor(private readonly options: AnonymousAnswersOptions) {
    this.kept = new KeptAnswers(options.counts);
  }

  /**
   * Answers a request with what is kept, else by `compute`. Who asks the same meanwhile waits for that answer, even if who asked first has
   * gone; if it turns out to be nobody else's, as it holds an error, each has their own.
   */
  async answer({ request, reply, question, mediaType }: Asked, compute: Compute): Promise<void> {
    const { headers } = request;
    // An answer with a trace is for who asked for the trace.
    if (!question?.isPlain || [...VARYING, TRACE_HEADER].some((name) => headers[name] !== undefined)) return compute(null);
    const { counts, baseUrl, revision, repeated } = this.options;
    const key = JSON.stringify([baseUrl(request), question.hash, question.operationName, question.variables]);
    const send = (answer: KeptAnswer, spoken: string): Promise<void> => {
      const find = () => this.kept.find(revision(), key);
      const { asked } = noteOf(request);
      const operation = asked && operationName(asked);
      repeated.learn(request.raw, { find, mediaType: spoken, vary: String(reply.getHeader("vary")), operation });
      return sendAnswer(request, reply, { answer, mediaType: spoken }, counts);
    };
    const keep: Keep = (of, spoken, text) => send(this.kept.keep(of, key, text), spoken);
    for (let hasWaited = false; ; hasWaited = true) {
      const found = this.kept.find(revision(), key);
      if (mediaType === undefined) return compute(keep);
      if (found) {
        counts[hasWaited ? "sharedTotal" : "sentAgainTotal"]++;
        return send(found, mediaType);
      }
      const place = `${revision()} ${key}`;
      const running = this.computing.get(place);
      if (!running) return this.computeAt(place, reply, keep, compute);
      if ((await running) === "own") return compute(keep);
    }
  }

  /** Computes an answer that others may wait for. */
  private computeAt(place: string, reply: Answering, keep: Keep, compute: Compute): Promise<void> {
    let tell: (outcome: Outcome) => void = () => undefined;
    const outcome = new Promise<Outcome>((resolve) => (tell = resolve));
    this.computing.set(place, outcome);
    const end = (how: Outcome) => {
      if (this.computing.get(place) === outcome) this.computing.delete(place);
      tell(how);
    };
    return compute((...answer) => {
      // Sending may take as long as a client likes: others do not wait for that.
      const sending = keep(...answer);
      end("again");
      return sending;
    }).finally(() => end(isGone(reply) ? "again" : "own"));
  }
}
