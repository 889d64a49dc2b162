import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isLoopback } from "../is-loopback";

/** Headers by which a proxy says that it passes on what somebody else asks. */
const PASSED_ON = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** True for a program of this machine that came straight here: not by a proxy, and not as a browser that was led here by a foreign name. */
function isOfThisMachine({ socket, headers }: Pick<IncomingMessage, "socket" | "headers">): boolean {
  const address = socket.remoteAddress?.replace(/^::ffff:/i, "") ?? "";
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return isLoopback(address) && isLoopback(host) && PASSED_ON.every((name) => headers[name] === undefined);
}

/**
 * Who may read metrics. They tell how often each operation was called, what is written in private included, so they are for operators only
 * (§10). With a token, who shows it; without one, programs of this machine, unless it is `isBehindProxy`: then everybody may seem
 * to be one.
 */
export function mayRead(token: string | null, isBehindProxy: boolean): (request: Pick<IncomingMessage, "socket" | "headers">) => boolean {
  if (token === null) return (request) => !isBehindProxy && isOfThisMachine(request);
  const right = digest(`Bearer ${token}`);
  return ({ headers: { authorization = "" } }) => timingSafeEqual(digest(authorization), right);
}
