import { isGoodKey } from "../../../database/api-keys";
import { EXPECTED, isTitle } from "../../../database/texts";
import type { Query } from "../../../database/write-rows";
import { quote } from "../../../federation/check-input";

/** Keys of one account that are good at once. */
const MOST_KEYS = 100;

/** What is wrong with a key that is asked for. */
export interface KeyFault {
  readonly code: "INVALID" | "TOO_MANY";
  readonly field: "name" | "expiresAt" | null;
  readonly message: string;
}

// The account is locked, so that two keys that are made at once do not both become the last one that there may be.
const LOCK = `SELECT FROM account WHERE pk = $1 FOR NO KEY UPDATE`;
const COUNT = `SELECT count(*) AS "count" FROM api_key WHERE account_pk = $1 AND ${isGoodKey("api_key")}`;

/** What is wrong with a key that is asked for. Its account can have no other key made until the transaction ends. */
export async function checkKeyOrder(
  query: Query,
  { accountPk, name, expiresAt }: { accountPk: number; name: string; expiresAt: Date | null },
  now: Date,
): Promise<KeyFault[]> {
  const faults: KeyFault[] = [];
  if (!isTitle(name)) faults.push({ code: "INVALID", field: "name", message: `Expected ${EXPECTED.title}, got ${quote(name)}.` });
  if (expiresAt && expiresAt <= now)
    faults.push({ code: "INVALID", field: "expiresAt", message: `Expected an instant in the future, got ${expiresAt.toISOString()}.` });
  await query(LOCK, [accountPk]);
  const [{ count }]: { count: number }[] = await query(COUNT, [accountPk]);
  if (count >= MOST_KEYS)
    faults.push({ code: "TOO_MANY", field: null, message: `An account has at most ${MOST_KEYS} keys that are good: revoke one first.` });
  return faults;
}
