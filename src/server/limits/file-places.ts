import { finished } from "node:stream";
import type { FastifyReply } from "fastify";
import { ExpectedError } from "../../errors";

/** Cost of a file that is made, besides that of the request. */
export const FILE_COST = 1_000;

/** How many files may be made and sent at once. */
export interface FileLimits {
  /** By a process. Default 64. */
  readonly all: number;
  /** To one asker. Default 8. */
  readonly each: number;
}

export const FILE_LIMITS: FileLimits = { all: 64, each: 8 };

/** When who finds no place may come again, in seconds. */
const RETRY = 5;

/** The places of a process for files: each holds memory until it is sent, however slowly it is read. */
export class FilePlaces {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(private readonly limits: FileLimits = FILE_LIMITS) {}

  /**
   * Takes a place until the answer is sent or its asker has gone. Throws RATE_LIMITED if the asker holds too many, UNAVAILABLE if all do.
   * `asker`: null for a gateway, which comes for many.
   */
  enter(asker: string | null, { raw }: Pick<FastifyReply, "raw">): void {
    const held = asker === null ? 0 : (this.taken.get(asker) ?? 0);
    if (held >= this.limits.each)
      throw new ExpectedError("RATE_LIMITED", `At most ${held} files at once; read those that were begun first.`, { retryAfter: RETRY });
    if (this.all >= this.limits.all)
      throw new ExpectedError("UNAVAILABLE", "Too many files are being sent. Try again in some seconds.", { retryAfter: RETRY });
    this.all++;
    if (asker !== null) this.taken.set(asker, held + 1);
    finished(raw, () => this.leave(asker));
  }

  private leave(asker: string | null): void {
    this.all--;
    if (asker === null) return;
    const left = this.taken.get(asker)! - 1;
    if (left > 0) this.taken.set(asker, left);
    else this.taken.delete(asker);
  }
}
