import { quote } from "../../federation/check-input";
import type { Writing } from "../../federation/mutate";

/** Who owns a model: an account. */
export interface Owner {
  readonly pk: number;
  /** Name of the account in natural keys. */
  readonly key: string;
}

/**
 * The owner that `input.owner` names, which only admins may: a contributor by id, or an account, since one without models shows no
 * contributor. Null if there is none such, which is refused.
 */
export async function findOwner({ account, query, refuse }: Writing, id: string): Promise<Owner | null> {
  if (!account.isAdmin) {
    refuse("NOT_ALLOWED", ["owner"], "Only an admin may name the owner.");
    return null;
  }
  const [owner]: Owner[] = await query(`SELECT pk, key FROM account WHERE contributor_id = $1 OR id = $1`, [id]);
  if (!owner) refuse("NOT_FOUND", ["owner"], `There is no contributor ${quote(id)}.`);
  return owner ?? null;
}

/** The account that writes, as an owner. */
export async function findSelf({ account, query }: Writing): Promise<Owner> {
  const [self]: Owner[] = await query(`SELECT pk, key FROM account WHERE pk = $1`, [account.accountPk]);
  return self;
}
