import type { Config } from "../config";
import type { Query } from "../database/write-rows";
import { ExpectedError, notFound } from "../errors";
import { checkKeyOrder } from "../subgraphs/submissions/accounts/check-key-order";
import { issueKey } from "../subgraphs/submissions/accounts/issue-key";
import { prefixOf } from "../subgraphs/submissions/accounts/key-text";
import { revokeKey } from "../subgraphs/submissions/accounts/revoke-key";
import { readInstant } from "./read-instant";
import { showSecret } from "./show-secret";
import type { Place } from "./with-database";
import { withTables } from "./with-tables";

const asQuery =
  ({ dataSource }: Place): Query =>
  (sql, parameters) =>
    dataSource.query(sql, parameters) as ReturnType<Query>;

async function findAccount(query: Query, key: string): Promise<number> {
  const [account]: { pk: number }[] = await query(`SELECT pk FROM account WHERE key = $1`, [key]);
  if (!account) throw notFound("account", key);
  return account.pk;
}

/** `scoretree key create ACCOUNT`: makes an API key of an account, which is shown once. */
export const runKeyCreate = (config: Config, account: string, options: { name: string; expires?: string }): Promise<void> =>
  withTables(config, async ({ dataSource }) => {
    const expiresAt = options.expires === undefined ? null : readInstant("--expires", options.expires);
    const secret = await dataSource.transaction(async (manager) => {
      const query: Query = (sql, parameters) => manager.query(sql, parameters);
      const order = { accountPk: await findAccount(query, account), name: options.name, expiresAt };
      const faults = await checkKeyOrder(query, order, new Date());
      if (faults.length > 0) throw new ExpectedError("BAD_USER_INPUT", faults.map(({ message }) => message).join("\n"));
      const [{ idKey }]: { idKey: Buffer }[] = await query(`SELECT id_key AS "idKey" FROM ledger`);
      return (await issueKey(query, idKey, { ...order, creatorPk: null })).text;
    });
    console.error(`Made a key of the account ${account}.`);
    showSecret(secret);
  });

interface ListedKey {
  readonly prefix: string;
  readonly account: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly creator: string | null;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly isExpired: boolean;
  readonly revokedAt: Date | null;
  readonly revoker: string | null;
}

const KEYS = `
  SELECT k.prefix, account.key AS "account", k.name, k.created_at AS "createdAt", creator.key AS "creator", k.last_used_at AS "lastUsedAt",
    k.expires_at AS "expiresAt", coalesce(k.expires_at <= now(), false) AS "isExpired", k.revoked_at AS "revokedAt", revoker.key AS "revoker"
  FROM api_key AS k JOIN account ON account.pk = k.account_pk
  LEFT JOIN account AS creator ON creator.pk = k.creator_pk LEFT JOIN account AS revoker ON revoker.pk = k.revoker_pk
  WHERE $1::integer IS NULL OR k.account_pk = $1 ORDER BY account.key, k.created_at DESC, k.pk DESC`;

const by = (account: string | null): string => (account === null ? "" : ` by ${account}`);

function describe({ prefix, account, name, createdAt, creator, lastUsedAt, expiresAt, isExpired, revokedAt, revoker }: ListedKey): string {
  const expiry = expiresAt && `${isExpired ? "expired" : "expires"} ${expiresAt.toISOString()}`;
  const state = revokedAt ? `revoked ${revokedAt.toISOString()}${by(revoker)}` : (expiry ?? "good");
  const use = lastUsedAt ? `used ${lastUsedAt.toISOString()}` : "never used";
  return [prefix, account, name, `made ${createdAt.toISOString()}${by(creator)}`, use, state].join("  ");
}

/** `scoretree key list [ACCOUNT]`: every API key, or those of one account, the newest first. */
export const runKeyList = (config: Config, account: string | undefined): Promise<void> =>
  withTables(config, async (place) => {
    const query = asQuery(place);
    const rows: ListedKey[] = await query(KEYS, [account === undefined ? null : await findAccount(query, account)]);
    for (const row of rows) console.log(describe(row));
    if (rows.length === 0) console.log("There is no API key yet. Make one: scoretree key create ACCOUNT");
  });

/** `scoretree key revoke PREFIX`: makes an API key good no longer, at once and for good. */
export const runKeyRevoke = (config: Config, text: string): Promise<void> =>
  withTables(config, async (place) => {
    const query = asQuery(place);
    const prefix = prefixOf(text);
    const [found]: { pk: number; account: string }[] = await query(
      `SELECT k.pk, account.key AS "account" FROM api_key AS k JOIN account ON account.pk = k.account_pk WHERE k.prefix = $1`,
      [prefix],
    );
    if (!found) throw notFound("API key", prefix);
    await revokeKey(query, found.pk, null);
    console.log(`The key ${prefix} of ${found.account} is good no longer.`);
  });
