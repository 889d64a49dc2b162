import { asText } from "../../../federation/check-input";
import type { Context } from "../../../federation/context";
import { mutate } from "../../../federation/mutate";
import { accountById } from "../loaders";
import type { CreateAccountInput } from "./account-input";
import { CreateAccountPayload } from "./account-payload";
import { addAccount } from "./add-account";
import { checkAccount } from "./check-account";

/** Makes an account, which only admins may. */
export const createAccount = (context: Context, input: CreateAccountInput): Promise<CreateAccountPayload> =>
  mutate(context, { payload: CreateAccountPayload, name: "createAccount", input, needs: "admin" }, async (writing) => {
    const { key, displayName, role } = input;
    const order = { key, displayName: asText(displayName) ?? null, role };
    for (const { code, field, message } of await checkAccount(writing, order)) writing.refuse(code, [field], message);
    if (writing.isRefused) return () => ({});
    const { id } = await addAccount(writing, order);
    return async () => ({ account: await accountById(context, id) });
  });
