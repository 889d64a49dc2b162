import type { GraphQLResolveInfo, OperationDefinitionNode } from "graphql";
import type { View } from "../../board/view";
import type { LastingTexts } from "./lasting-texts";
import type { Variables } from "./plan";
import type { PlainTexts } from "./write-plain";

/** Nobody waits for it, and if it fails nobody minds. */
const forget = (): void => undefined;

/** Marks the place of what is still promised, around its number: JSON escapes this character in every text. */
const HOLE = "\0";

/** True if whoever asked has gone, as far as a context tells. */
export const isForNobody = (context: unknown): boolean => (context as { signal?: AbortSignal } | undefined)?.signal?.aborted ?? false;

/** What a context tells of who sees the answer; contexts of other kinds tell nothing. */
type Seen = { readonly view?: View; readonly baseUrl?: string } | undefined;

/** One execution of a plan: what its fields share, and what is still promised. Its first failure ends it. */
export class Run {
  /** Arguments that depend on variables and infos, by the numbers of their fields: made once a run. */
  readonly args: unknown[] = [];
  readonly infos: GraphQLResolveInfo[] = [];
  /** True while a part is written that may be kept; false once something was asked that may answer otherwise the next time. */
  isLasting = false;
  private seen: { readonly view: View; readonly texts: PlainTexts | null } | null = null;
  private awaited = 0;
  private hasFailed = false;
  private settle: { resolve(text: string): void; reject(error: unknown): void } | null = null;
  /** What was promised, written once it came. */
  private readonly filled: string[] = [];
  private text = "";
  private failure: unknown;

  constructor(
    readonly context: unknown,
    readonly rootValue: unknown,
    readonly variables: Variables,
    readonly operation: OperationDefinitionNode,
    private readonly lasting: LastingTexts,
  ) {}

  /** What was written before of what this run sees by now; null if nothing is kept for it. */
  get lastingTexts(): PlainTexts | null {
    const { view, baseUrl = "" } = (this.context as Seen) ?? {};
    if (!view) return null;
    if (this.seen?.view !== view) this.seen = { view, texts: this.lasting.of(view, baseUrl) };
    return this.seen.texts;
  }

  /** How many places there are so far of what is promised. */
  get places(): number {
    return this.filled.length;
  }

  /** False once it has failed, or nobody waits for it any more. */
  get isWanted(): boolean {
    return !this.hasFailed && !isForNobody(this.context);
  }

  /** The place of what a promise brings, which the answer waits for. */
  wait(promise: PromiseLike<unknown>, write: (value: unknown) => string): string {
    this.awaited++;
    const place = this.filled.push("") - 1;
    promise.then(
      (value) => {
        if (this.hasFailed) return;
        try {
          this.filled[place] = write(value);
        } catch (error) {
          return this.fail(error);
        }
        if (--this.awaited === 0) this.settle?.resolve(this.whole(this.text));
      },
      (error: unknown) => this.fail(error),
    );
    return `${HOLE}${place}${HOLE}`;
  }

  /** The text of the data, at once if nothing in it is promised. Rejects with the first failure; what is still promised then is forgotten. */
  finish(text: string): string | Promise<string> {
    if (this.awaited === 0) return text;
    this.text = text;
    return new Promise((resolve, reject) => {
      if (this.hasFailed) reject(this.failure as Error);
      else this.settle = { resolve, reject };
    });
  }

  /** A text with what came in its places. */
  private whole(text: string): string {
    const parts = text.split(HOLE);
    for (let place = 1; place < parts.length; place += 2) parts[place] = this.whole(this.filled[Number(parts[place])]);
    return parts.join("");
  }

  /** Ends the run. */
  fail(error: unknown): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.failure = error;
    this.settle?.reject(error);
  }

  /** Looks after promises that a failed run leaves behind: rejected ones that nobody waits for would end the process. */
  static forget(promise: PromiseLike<unknown>): void {
    promise.then(forget, forget);
  }
}
