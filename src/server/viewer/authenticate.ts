import type { FastifyBaseLogger } from "fastify";
import type { Viewer } from "../../board/viewer";
import type { OidcConfig } from "../../config";
import { unauthenticated } from "../../errors";
import type { Database } from "../../federation/context";
import { readKey } from "../../subgraphs/submissions/accounts/key-text";
import { bearerToken } from "./bearer-token";
import type { FoundAccount } from "./found-account";
import { issuerKeys } from "./issuer-keys";
import { createUseNotes } from "./note-use";
import { viewerOfKey } from "./viewer-of-key";
import { viewerOfToken } from "./viewer-of-token";

/**
 * Who the value of an `Authorization` header stands for; undefined, which is no header, stands for anybody. Throws UNAUTHENTICATED if it
 * is good for nobody: what somebody sent to be known by is never passed over.
 */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

export interface AuthenticateOptions {
  readonly dataSource: Database;
  /** Whose tokens are taken besides API keys; null: nobody's. */
  readonly oidc: OidcConfig | null;
  /** Resolves once the newest board holds the fact of this revision. Default: it always does. */
  readonly atLeast?: (revision: number) => Promise<unknown>;
  readonly logger: Pick<FastifyBaseLogger, "warn">;
}

/** True for a text of three parts (RFC 7519, 3): no API key has a point in it. */
const isJwt = (token: string): boolean => token.split(".").length === 3;

/**
 * Makes the one way in which requests of any kind are authenticated. Whoever is let in is known to the boards of this process by then.
 * `settled` resolves once what requests left to write is written.
 */
export function createAuthenticate(options: AuthenticateOptions): { authenticate: Authenticate; settled(): Promise<void> } {
  const { dataSource, oidc, atLeast, logger } = options;
  const uses = createUseNotes(dataSource, logger);
  const onError = (error: unknown) => logger.warn({ err: error }, "The identity provider could not be asked for its keys.");
  const keys = oidc && issuerKeys({ ...oidc, onError });

  async function find(token: string): Promise<FoundAccount & { apiKeyPk: number | null }> {
    const key = readKey(token);
    if (key) {
      const holder = await viewerOfKey(dataSource, key);
      if (holder.isUseDue) uses.note(holder.apiKeyPk);
      return holder;
    }
    if (oidc && keys && isJwt(token)) return { ...(await viewerOfToken(dataSource, token, keys, oidc)), apiKeyPk: null };
    throw unauthenticated(oidc ? "This is no API key, and no token." : "This is no API key.");
  }

  async function authenticate(authorization: string | undefined): Promise<Viewer> {
    if (authorization === undefined) return null;
    const { accountPk, isAdmin, apiKeyPk, revision } = await find(bearerToken(authorization));
    await atLeast?.(revision);
    return { accountPk, isAdmin, apiKeyPk };
  }
  return { authenticate, settled: () => uses.settled() };
}
