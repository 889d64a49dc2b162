import { ExpectedError } from "../../errors";
import type { Answering } from "../asking";
import { errorAnswer } from "../error-answer";

/** True if a request was refused because what it sent to be known by is good for nobody. */
export const isUnauthenticated = (error: unknown): error is ExpectedError =>
  error instanceof ExpectedError && error.code === "UNAUTHENTICATED";

/** Answers with status 401 and the challenge of RFC 6750, 3. */
export function refuseUnauthenticated({ code, message }: ExpectedError, reply: Answering): void {
  void reply.code(401).header("www-authenticate", `Bearer realm="scoretree", error="invalid_token"`).header("cache-control", "no-store");
  void reply.send(errorAnswer(code, message));
}
