import type { IncomingHttpHeaders } from "node:http";
import { EXACT, LEAST } from "../sealed-headers";

/** What a subgraph's answer said of its revision. */
export interface Told {
  /** Sealed; null if it said none. */
  readonly exact: string | null;
  /** Sealed: what a mutation wrote. */
  readonly least: string | null;
  /** What everybody may see of it: `extensions.revision`. */
  readonly shown: string | null;
}

/** What headers say of the revision that an answer is to be of. */
export const wantedBy = (headers: IncomingHttpHeaders): { exact?: string; least?: string } => {
  const [exact, least] = [EXACT, LEAST].map((name) => headers[name]).map((value) => (Array.isArray(value) ? value.join(", ") : value));
  return { exact, least };
};

/**
 * Keeps all requests of one operation at one revision (§9). The first request goes alone, and all others ask for what its answer named. A
 * mutation moves the operation to what it wrote.
 */
export class PinnedRevision {
  /** Sealed: what all further requests ask for. */
  exact: string | null;
  private least: string | null;
  private first: Promise<unknown> | null = null;
  /** Sealed: what the last mutation of this operation wrote; null if none did. */
  written: string | null = null;
  /** `extensions.revision` of the newest answer; null while there is none. */
  shown: string | null = null;

  constructor({ exact, least }: { readonly exact?: string; readonly least?: string } = {}) {
    this.exact = exact ?? null;
    this.least = least ?? null;
  }

  /** True if what was asked for is kept no longer. */
  isExpired = false;

  /** Lets the next request begin anew, at the newest revision. */
  forget(): void {
    this.exact = null;
    this.isExpired = false;
  }

  /** Asks with the headers that say which revision is wanted. Writes are never held at an earlier one. */
  async asking<T extends { readonly told: Told }>(isWriting: boolean, ask: (headers: Record<string, string>) => Promise<T>): Promise<T> {
    if (!isWriting) while (this.exact === null && this.first) await this.first;
    const asked = ask(this.headers(isWriting));
    if (this.exact !== null || isWriting) return this.noted(asked);
    this.first = this.noted(asked)
      .catch(() => undefined)
      .finally(() => (this.first = null));
    return asked;
  }

  /** Moves the operation to the revision of an event: all that is gathered for that one is of it, too. */
  moveTo({ sealed, revision }: { readonly sealed: string | null; readonly revision: string | null }): void {
    this.exact = sealed;
    this.shown = revision;
    this.isExpired = false;
  }

  /** What a request is sent with. */
  headers(isWriting: boolean): Record<string, string> {
    return {
      ...(this.exact === null || isWriting ? {} : { [EXACT]: this.exact }),
      ...(this.least === null ? {} : { [LEAST]: this.least }),
    };
  }

  private async noted<T extends { readonly told: Told }>(asked: Promise<T>): Promise<T> {
    const answer = await asked;
    const { exact, least, shown } = answer.told;
    this.shown = shown ?? this.shown;
    if (least !== null) {
      this.written = this.least = least;
      this.exact = exact;
    } else this.exact ??= exact;
    return answer;
  }
}
