import { createHash } from "node:crypto";
import type { ExecutionArgs, FormattedExecutionResult } from "graphql";
import { LRUCache } from "lru-cache";
import type { Board } from "../../board/board";
import type { Step } from "../../board/rounds";

/** What tells the questions of two subscriptions apart: the hash of everything that an answer to anybody depends on, but for the boards. */
export function fingerprint({ document, operationName, variableValues }: ExecutionArgs, baseUrl: string): string {
  const asked = [document.loc?.source.body, operationName ?? null, variableValues ?? null, baseUrl];
  return createHash("sha256").update(JSON.stringify(asked)).digest("base64");
}

/** Questions that one answer each is kept of. */
const KEPT = 100;

/**
 * The answers of events to subscribers without an account, who all see the same: made once for all who ask the same. Kept until a newer
 * board is told of, and no more than some.
 */
export class SharedAnswers {
  private board: Board | null = null;
  private readonly made = new LRUCache<string, Promise<FormattedExecutionResult>>({ max: KEPT });

  /** The answer about what happened between two boards; `asked` is the fingerprint of the question. */
  find({ from, to }: Step, asked: string, make: () => Promise<FormattedExecutionResult>): Promise<FormattedExecutionResult> {
    if (to !== this.board) this.made.clear();
    this.board = to;
    const key = `${from.catalog.ledger.revision} ${asked}`;
    const known = this.made.get(key);
    if (known) return known;
    const answer = make();
    this.made.set(key, answer);
    return answer;
  }
}
