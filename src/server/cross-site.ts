import type { IncomingHttpHeaders } from "node:http";

/** Headers that a page of another site can only send after asking this server, which says no. */
const ASKED_FIRST = ["apollo-require-preflight", "x-apollo-operation-name"];

/**
 * True for a request that a page of another site could have made a browser send without asking first, and that a browser did send: it
 * carries a Cookie or an Origin. Programs send neither, and need no special header. (The rule of the Fetch standard for requests
 * that are not preflighted: a content type of forms or none, and no header of one's own.)
 */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  if (headers.cookie === undefined && headers.origin === undefined) return false;
  if (ASKED_FIRST.some((name) => headers[name])) return false;
  const type = headers["content-type"]?.split(";")[0].trim().toLowerCase();
  return type === undefined || ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].includes(type);
}
