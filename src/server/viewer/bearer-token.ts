import { unauthenticated } from "../../errors";

/** A scheme, which is case-insensitive, and a token (RFC 6750, 2.1; RFC 9110, 11.1). */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** The token in the value of an `Authorization` header. Throws UNAUTHENTICATED if there is none in it. */
export function bearerToken(authorization: string): string {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated("Expected `Authorization: Bearer <API key or token>`, got something else.");
  return token;
}
