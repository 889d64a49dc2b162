import type { FastifyBaseLogger } from "fastify";
import type { Viewer } from "../../board/viewer";
import { unauthenticated } from "../../errors";
import type { Database } from "../../federation/context";
import { readKey } from "../../subgraphs/submissions/accounts/key-text";
import { bearerToken } from "./bearer-token";
import { createUseNotes } from "./note-use";
import { viewerOfKey } from "./viewer-of-key";

/**
 * Who the value of an `Authorization` header stands for; undefined, which is no header, stands for anybody. Throws UNAUTHENTICATED if it
 * is good for nobody: what somebody sent to be known by is never passed over.
 */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

export interface AuthenticateOptions {
  readonly dataSource: Database;
  readonly logger: Pick<FastifyBaseLogger, "warn">;
}

/** Makes the one way in which requests of any kind are authenticated. `settled` resolves once what they left to write is written. */
export function createAuthenticate({ dataSource, logger }: AuthenticateOptions): { authenticate: Authenticate; settled(): Promise<void> } {
  const uses = createUseNotes(dataSource, logger);
  async function authenticate(authorization: string | undefined): Promise<Viewer> {
    if (authorization === undefined) return null;
    const token = bearerToken(authorization);
    const key = readKey(token);
    if (!key) throw unauthenticated("This is no API key.");
    const { isUseDue, ...viewer } = await viewerOfKey(dataSource, key);
    if (isUseDue) uses.note(viewer.apiKeyPk);
    return viewer;
  }
  return { authenticate, settled: () => uses.settled() };
}
