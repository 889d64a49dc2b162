import { timingSafeEqual } from "node:crypto";
import { isUseDue } from "../../database/api-keys";
import { unauthenticated } from "../../errors";
import type { Database } from "../../federation/context";
import type { KeptKey } from "../../subgraphs/submissions/accounts/key-text";
import type { FoundAccount } from "./found-account";

/** Whose key it is. */
export interface KeyHolder extends FoundAccount {
  readonly apiKeyPk: number;
  /** True if its use was not noted within the last minute. */
  readonly isUseDue: boolean;
}

type Row = KeyHolder & { readonly hash: Buffer; readonly isRevoked: boolean; readonly isExpired: boolean };

const FIND = `
  SELECT key.pk AS "apiKeyPk", key.account_pk AS "accountPk", account.role = 'ADMIN' AS "isAdmin", account.revision, key.hash,
    key.revoked_at IS NOT NULL AS "isRevoked", coalesce(key.expires_at <= now(), false) AS "isExpired",
    ${isUseDue("key")} AS "isUseDue"
  FROM api_key AS key JOIN account ON account.pk = key.account_pk WHERE key.prefix = $1`;

/** Compared where there is no key of a prefix, so that the answer takes as long. */
const NO_HASH = Buffer.alloc(32);

/**
 * Finds the holder of a key. It is asked of the database each time, so that a key that is revoked is good no longer in any process.
 * Throws UNAUTHENTICATED if the key is unknown, or expired or revoked, which only those are told who have the whole of it.
 */
export async function viewerOfKey(dataSource: Database, { prefix, hash }: KeptKey): Promise<KeyHolder> {
  const [row] = (await dataSource.query(FIND, [prefix])) as Row[];
  const isSame = timingSafeEqual(row?.hash ?? NO_HASH, hash);
  if (!row || !isSame) throw unauthenticated("This API key is unknown.");
  if (row.isRevoked) throw unauthenticated("This API key was revoked.");
  if (row.isExpired) throw unauthenticated("This API key has expired.");
  return row;
}
