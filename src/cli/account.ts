import type { Config } from "../config";
import { isGoodKey } from "../database/api-keys";
import { appendFacts } from "../database/append-facts";
import { ExpectedError, notFound } from "../errors";
import { addAccount } from "../subgraphs/submissions/accounts/add-account";
import { checkAccount } from "../subgraphs/submissions/accounts/check-account";
import { issueKey } from "../subgraphs/submissions/accounts/issue-key";
import { count } from "./count";
import { showSecret } from "./show-secret";
import { withTables } from "./with-tables";

/** Name of the key that an account is made with. */
const FIRST_KEY = "first key";

export interface AccountCreateOptions {
  readonly name?: string;
  readonly admin?: boolean;
  /** False: an account that proves itself by tokens only. */
  readonly key: boolean;
}

/** `scoretree account create KEY`: makes an account, and a first API key that is shown once. */
export const runAccountCreate = (config: Config, key: string, options: AccountCreateOptions): Promise<void> =>
  withTables(config, async ({ dataSource }) => {
    const order = { key, displayName: options.name ?? null, role: options.admin ? ("ADMIN" as const) : ("MEMBER" as const) };
    const { result: secret } = await appendFacts(dataSource, { source: "account create" }, async (append) => {
      const faults = await checkAccount(append, order);
      if (faults.length > 0)
        throw new ExpectedError(
          faults.every(({ code }) => code === "CONFLICT") ? "CONFLICT" : "BAD_USER_INPUT",
          faults.map(({ message }) => message).join("\n"),
        );
      const { pk: accountPk } = await addAccount(append, order);
      if (!options.key) return null;
      return (await issueKey(append.query, append.idKey, { accountPk, name: FIRST_KEY, expiresAt: null, creatorPk: null })).text;
    });
    console.error(`Made the account ${key}${options.admin ? ", an admin" : ""}.`);
    if (secret !== null) showSecret(secret);
  });

const ACCOUNTS = `
  SELECT key, role, coalesce(display_name, '') AS "name",
    (SELECT count(*) FROM model WHERE owner_pk = account.pk) AS "models",
    (SELECT count(*) FROM api_key WHERE account_pk = account.pk AND ${isGoodKey("api_key")}) AS "keys"
  FROM account ORDER BY key`;

/** `scoretree account list`: every account, by key, with its role, keys that are good, and models. */
export const runAccountList = (config: Config): Promise<void> =>
  withTables(config, async ({ dataSource }) => {
    const rows = (await dataSource.query(ACCOUNTS)) as { key: string; role: string; name: string; models: number; keys: number }[];
    for (const { key, role, name, models, keys } of rows)
      console.log([key, role.toLowerCase(), count(keys, "API key"), count(models, "model"), name].join("  ").trimEnd());
    if (rows.length === 0) console.log("There is no account yet. Make one: scoretree account create KEY --admin");
  });

/** `scoretree account role KEY ROLE`: says what an account may do from now on. */
export const runAccountRole = (config: Config, key: string, role: "member" | "admin"): Promise<void> =>
  withTables(config, async ({ dataSource }) => {
    await appendFacts(dataSource, { source: "account role" }, async ({ query, change }) => {
      const [account]: { pk: number; role: string }[] = await query(`SELECT pk, role FROM account WHERE key = $1`, [key]);
      if (!account) throw notFound("account", key);
      if (account.role !== role.toUpperCase()) await change("account", [{ pk: account.pk, role: role.toUpperCase() }]);
    });
    console.log(`${key} is ${role === "admin" ? "an admin" : "a member"}.`);
  });
