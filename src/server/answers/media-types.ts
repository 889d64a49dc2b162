import { LRUCache } from "lru-cache";

/** Headers `Accept` that are remembered, at most, and how long they may be. */
const KEPT_ACCEPTS = 200;
const LONGEST_ACCEPT = 200;

/** The media types that are spoken with who sends an `Accept`: as Apollo chose them for good answers. */
export class MediaTypes {
  private readonly known = new LRUCache<string, string>({ max: KEPT_ACCEPTS });

  /** Undefined if Apollo was not asked yet, or refuses. */
  of(accept: string | undefined): string | undefined {
    return this.known.get(accept ?? "");
  }

  learn(accept: string | undefined, mediaType: string): void {
    if (accept === undefined || accept.length <= LONGEST_ACCEPT) this.known.set(accept ?? "", mediaType);
  }
}
