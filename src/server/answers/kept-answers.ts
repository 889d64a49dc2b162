import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { AnswerCounts } from "./counts";
import { encode, type Encoding } from "./encoding";

/** Bytes of all answers that are kept, at most. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Bytes of an answer that is kept, at most. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The bytes of an answer, encoded when they are first asked for so, and once. */
export class KeptAnswer {
  /** Names the content: for `ETag`, and weak because it is that of each encoding. */
  readonly tag: string;
  private readonly encoded = new Map<Encoding, Promise<Buffer> | Buffer>();

  constructor(readonly bytes: Buffer) {
    this.tag = `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`;
  }

  /** At once if it was made before. */
  as(encoding: Encoding): Promise<Buffer> | Buffer {
    const known = this.encoded.get(encoding);
    if (known) return known;
    const made = encode(this.bytes, encoding);
    this.encoded.set(encoding, made);
    if (!Buffer.isBuffer(made))
      made.then(
        (bytes) => this.encoded.set(encoding, bytes),
        () => this.encoded.delete(encoding),
      );
    return made;
  }
}

/**
 * Answers to anonymous queries, as long as what everybody may see is as it was: they are of one public revision, and none is left when
 * the next one comes. What is written in private leaves them where they are, as it changes none of them (§10): by other keys one
 * could tell from the time of an answer that something was.
 */
export class KeptAnswers {
  private revision = "";
  private readonly answers = new LRUCache<string, KeptAnswer>({
    maxSize: KEPT_BYTES,
    maxEntrySize: MOST_BYTES,
    // Encoded once more, twice, at a third each.
    sizeCalculation: ({ bytes }, key) => Math.ceil(bytes.length * 1.7) + 2 * key.length + 200,
  });
  constructor(private readonly counts: AnswerCounts) {}

  /** The answer to a question at a revision; null if it must be computed. */
  find(revision: string, key: string): KeptAnswer | null {
    this.moveTo(revision);
    return this.answers.get(key) ?? null;
  }

  /** Keeps an answer that was computed at a revision, unless there is a newer one by now. */
  keep(revision: string, key: string, text: string): KeptAnswer {
    const answer = new KeptAnswer(Buffer.from(text));
    this.counts.computedTotal++;
    if (revision === this.revision) this.answers.set(key, answer);
    this.tell();
    return answer;
  }

  private moveTo(revision: string): void {
    if (revision === this.revision) return;
    this.revision = revision;
    this.answers.clear();
    this.tell();
  }

  private tell(): void {
    this.counts.kept = this.answers.size;
    this.counts.keptBytes = this.answers.calculatedSize;
  }
}
