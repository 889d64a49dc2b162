import type { Append } from "../../../database/append-facts";
import { idOf } from "../../../database/identify";
import type { AccountRole } from "../account";

/** What a new account is to be. */
export interface AccountOrder {
  readonly key: string;
  readonly displayName: string | null;
  readonly role: `${AccountRole}`;
}

/** Adds an account that has been checked; gives its internal key and its id. */
export async function addAccount(append: Append, { key, displayName, role }: AccountOrder): Promise<{ pk: number; id: string }> {
  const id = idOf(append.idKey, "Account", key);
  const contributorId = idOf(append.idKey, "Contributor", key);
  const [pk] = await append.add("account", [{ id, contributor_id: contributorId, key, display_name: displayName, role }]);
  return { pk, id };
}
