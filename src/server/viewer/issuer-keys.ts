import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import type { OidcConfig } from "../../config";
import { ExpectedError } from "../../errors";

/** How long the issuer may take to answer, in milliseconds. */
const PATIENCE = 5_000;

/** How long the issuer is left alone after it could not be asked, in milliseconds: anybody can send tokens. */
const REST = 5_000;

export interface IssuerKeysOptions extends Pick<OidcConfig, "issuer" | "jwksUrl"> {
  /** Told why the issuer could not be asked. */
  readonly onError: (error: unknown) => void;
}

/** Asks the issuer where its keys are (OpenID Connect Discovery 1.0, 4). Throws if it names itself otherwise. */
async function discover(issuer: string): Promise<URL> {
  const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(PATIENCE),
    redirect: "error",
  });
  if (!response.ok) throw new Error(`The discovery document of ${issuer} was answered with status ${response.status}.`);
  const { issuer: named, jwks_uri: place } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer) throw new Error(`Expected the issuer ${issuer} to name itself so, got ${JSON.stringify(named)}.`);
  const url = new URL(String(place));
  if (url.protocol !== "https:" && new URL(issuer).protocol === "https:")
    throw new Error(`The keys of ${issuer} are not at https: ${place}.`);
  return url;
}

/** True for what is wrong with a token, and not with its issuer. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported;

/**
 * The keys of an issuer, for `jwtVerify`. They are fetched when first needed, and anew after ten minutes, or when a token names one that
 * is not among them, but then at most twice a minute. Throws UNAVAILABLE while the issuer cannot be asked.
 */
export function issuerKeys({ issuer, jwksUrl, onError }: IssuerKeysOptions): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | null = null;
  let failedAt = -Infinity;
  const find = async () => createRemoteJWKSet(jwksUrl === null ? await discover(issuer) : new URL(jwksUrl), { timeoutDuration: PATIENCE });

  return async (header, token) => {
    const unavailable = new ExpectedError("UNAVAILABLE", "The identity provider cannot be asked for its keys. Try again later.");
    if (performance.now() - failedAt < REST) throw unavailable;
    try {
      return await (
        await (keys ??= find())
      )(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      onError(error);
      failedAt = performance.now();
      keys = null;
      throw unavailable;
    }
  };
}
