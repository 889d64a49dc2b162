import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import type { OidcConfig } from "../../config";
import { isAccountKey } from "../../database/texts";
import { unauthenticated } from "../../errors";
import type { Database } from "../../federation/context";
import type { FoundAccount } from "./found-account";

/** Signatures by a private key that the issuer alone has. None by a shared secret, and not none at all. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

/** How far two clocks may be apart, in seconds. */
const TOLERANCE = 30;

const FIND = `SELECT pk AS "accountPk", role = 'ADMIN' AS "isAdmin", revision FROM account WHERE key = $1`;

/** What is told of a token that is not good. Nothing that stands in it is repeated. */
function tell(error: InstanceType<typeof errors.JOSEError>): string {
  if (error instanceof errors.JWTExpired) return "This token has expired.";
  if (error instanceof errors.JWTClaimValidationFailed)
    return `This token is not good here: its claim \`${error.claim}\` is not as expected.`;
  return "This token is not good: it is not signed by the identity provider that this platform trusts.";
}

async function verify(token: string, keys: JWTVerifyGetKey, { issuer, audience, accountClaim }: OidcConfig): Promise<JWTPayload> {
  try {
    // Before any key is asked for: who issued other tokens than the issuer's need not be answered at its cost.
    if (decodeJwt(token).iss !== issuer) throw new errors.JWTClaimValidationFailed("", {}, "iss");
    const requiredClaims = ["exp", accountClaim];
    const options = { issuer, audience, algorithms: ALGORITHMS, clockTolerance: TOLERANCE, requiredClaims };
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    throw error instanceof errors.JOSEError ? unauthenticated(tell(error)) : error;
  }
}

/**
 * Finds the account whose key stands in the configured claim of a token. What it may do follows from the account, never from the token.
 * Throws UNAUTHENTICATED if the token is not good or names no account, UNAVAILABLE while its issuer cannot be asked for keys.
 */
export async function viewerOfToken(dataSource: Database, token: string, keys: JWTVerifyGetKey, config: OidcConfig): Promise<FoundAccount> {
  const { [config.accountClaim]: key } = await verify(token, keys, config);
  const [row] = typeof key === "string" && isAccountKey(key) ? ((await dataSource.query(FIND, [key])) as FoundAccount[]) : [undefined];
  if (!row) throw unauthenticated(`No account has the key that stands in the claim \`${config.accountClaim}\` of this token.`);
  return row;
}
