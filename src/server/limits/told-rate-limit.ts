import type { IncomingHttpHeaders } from "node:http";
import type { RateLimitState } from "../../federation/rate-limit-state";

/** By this header a gateway tells a subgraph what its own client may still ask for. */
export const RATE_LIMIT_HEADER = "x-scoretree-rate-limit";

/** What is told, as a header. */
export const tellRateLimit = ({ limit, cost, remaining, resetAt, nodeCount }: RateLimitState): string =>
  [limit, cost, remaining, resetAt.getTime(), nodeCount].join(" ");

/** What a gateway told; null if it told nothing that can be understood. It is about nobody but who is told of it. */
export function toldRateLimit(headers: IncomingHttpHeaders): RateLimitState | null {
  const numbers = String(headers[RATE_LIMIT_HEADER] ?? "").split(" ").map(Number); // prettier-ignore
  if (numbers.length !== 5 || !numbers.every((number) => Number.isSafeInteger(number) && number >= 0 && number <= 8.64e15)) return null;
  const [limit, cost, remaining, resetAt, nodeCount] = numbers;
  return { limit, cost, remaining, resetAt: new Date(resetAt), nodeCount };
}
