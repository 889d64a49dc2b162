import { quote } from "../../../federation/check-input";
import type { Context } from "../../../federation/context";
import { mutateKeys } from "../../../federation/mutate-keys";
import type { RevokeApiKeyInput } from "./key-input";
import { keyById } from "./key-loaders";
import { RevokeApiKeyPayload } from "./key-payload";
import { revokeKey } from "./revoke-key";

/** Revokes a key of the account that asks; admins may do it to any. */
export const revokeApiKey = (context: Context, input: RevokeApiKeyInput): Promise<RevokeApiKeyPayload> =>
  mutateKeys(context, { payload: RevokeApiKeyPayload, input }, async ({ query, account, refuse }) => {
    const { apiKey: id } = input;
    const [found]: { pk: number }[] = await query(`SELECT pk FROM api_key WHERE id = $1 AND ($2 OR account_pk = $3)`, [
      id,
      account.isAdmin,
      account.accountPk,
    ]);
    if (found) await revokeKey(query, found.pk, account.accountPk);
    else refuse("NOT_FOUND", ["apiKey"], `There is no API key ${quote(id)}.`);
    return async () => ({ apiKey: await keyById(context, id) });
  });
