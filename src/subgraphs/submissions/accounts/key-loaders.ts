import { groupBy } from "../../../board/group-by";
import { isStorable } from "../../../database/is-storable";
import type { Context } from "../../../federation/context";
import type { Account } from "../account";
import { ApiKey } from "./api-key";

/** Most keys that one list tells of. */
const MOST_LISTED = 1_000;

const COLUMNS = `id, name, prefix, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"`;

const asKey = ({ id, name, prefix, createdAt, lastUsedAt, expiresAt, revokedAt }: ApiKey): ApiKey =>
  Object.assign(new ApiKey(), { id, name, prefix, createdAt, lastUsedAt, expiresAt, revokedAt });

async function keysById(ids: readonly string[], context: Context): Promise<(ApiKey | null)[]> {
  const rows = await context.read<ApiKey>(`SELECT ${COLUMNS} FROM api_key WHERE id = ANY ($1)`, [ids.filter(isStorable)]);
  const byId = new Map(rows.map((row) => [row.id, asKey(row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The key of an id; null unless it is of the viewer's own account, or the viewer an admin (§10). */
export const keyById = (context: Context, id: string): Promise<ApiKey | null> => context.loader(keysById).load(id);

const LISTED = `
  SELECT * FROM (
    SELECT account_pk AS "accountPk", ${COLUMNS}, row_number() OVER (PARTITION BY account_pk ORDER BY created_at DESC, pk DESC) AS place
    FROM api_key WHERE account_pk = ANY ($1)
  ) AS keys WHERE place <= $2 ORDER BY place`;

async function keysByAccount(accountPks: readonly number[], context: Context): Promise<ApiKey[][]> {
  const rows = await context.read<ApiKey & { accountPk: number }>(LISTED, [accountPks, MOST_LISTED]);
  const byAccount = groupBy(rows, ({ accountPk }) => accountPk);
  return accountPks.map((pk) => (byAccount.get(pk) ?? []).map(asKey));
}

/** The keys of an account, the newest first, those that are good no longer included; the newest 1,000 if there are more. */
export const keysOf = (context: Context, { pk }: Account): Promise<ApiKey[]> => context.loader(keysByAccount).load(pk);
