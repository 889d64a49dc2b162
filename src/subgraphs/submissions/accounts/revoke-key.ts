import type { Query } from "../../../database/write-rows";

const REVOKE = `UPDATE api_key SET revoked_at = now(), revoker_pk = $2 WHERE pk = $1 AND revoked_at IS NULL`;

/**
 * Makes a key good no longer, for every request that comes once this is committed. One that was revoked before is left as it is.
 * `revokerPk`: the account that does it; null: somebody at the command line.
 */
export async function revokeKey(query: Query, pk: number, revokerPk: number | null): Promise<void> {
  await query(REVOKE, [pk, revokerPk]);
}
