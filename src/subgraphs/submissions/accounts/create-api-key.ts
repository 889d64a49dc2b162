import { quote } from "../../../federation/check-input";
import type { Context } from "../../../federation/context";
import { type KeyWriting, mutateKeys } from "../../../federation/mutate-keys";
import { checkKeyOrder } from "./check-key-order";
import { issueKey } from "./issue-key";
import type { CreateApiKeyInput } from "./key-input";
import { keyById } from "./key-loaders";
import { CreateApiKeyPayload } from "./key-payload";

/** The account that `input.account` names; null if there is none, or none that the viewer sees (§10), which is refused. */
async function findAccount({ query, account, refuse }: KeyWriting, id: string): Promise<number | null> {
  const [found]: { pk: number }[] = await query(`SELECT pk FROM account WHERE id = $1 AND ($2 OR pk = $3)`, [
    id,
    account.isAdmin,
    account.accountPk,
  ]);
  if (!found) refuse("NOT_FOUND", ["account"], `There is no account ${quote(id)}.`);
  return found?.pk ?? null;
}

/** Makes a key of the account that asks; admins may do it for another one. */
export const createApiKey = (context: Context, input: CreateApiKeyInput): Promise<CreateApiKeyPayload> =>
  mutateKeys(context, { payload: CreateApiKeyPayload, input }, async (writing) => {
    const { query, account, refuse, idKey } = writing;
    const { name, expiresAt = null } = input;
    const found = input.account == null ? account.accountPk : await findAccount(writing, input.account);
    const accountPk = found ?? account.accountPk;
    for (const { code, field, message } of await checkKeyOrder(query, { accountPk, name, expiresAt }, new Date()))
      if (field !== null || found !== null) refuse(code, field === null ? [] : [field], message);
    if (writing.isRefused) return async () => ({});
    const { id, text } = await issueKey(query, idKey, { accountPk, name, expiresAt, creatorPk: account.accountPk });
    return async () => ({ apiKey: await keyById(context, id), secret: text });
  });
