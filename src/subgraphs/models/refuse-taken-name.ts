import { quote } from "../../federation/check-input";
import type { Writing } from "../../federation/mutate";

/** A model as it is to be, for what its name must not meet. */
export interface NamedModel {
  /** Null for one that is not registered yet. */
  readonly pk: number | null;
  readonly domainPk: number;
  readonly name: string;
  readonly ownerPk: number | null;
  readonly isPublic: boolean;
}

/** The models of that name that stand in the way: those of the same owner and, for a public one, the other public one. No others (§10). */
const IN_THE_WAY = `
  SELECT owner_pk IS NOT DISTINCT FROM $4 AS "isOfOwner" FROM model
  WHERE domain_pk = $1 AND name = $2 AND pk IS DISTINCT FROM $3 AND (owner_pk IS NOT DISTINCT FROM $4 OR is_public AND $5) ORDER BY 1 DESC LIMIT 1`;

/** Refuses a name that is taken among the owner's models or, for a model that is to be public, among the public ones (§10). */
export async function refuseTakenName({ query, refuse, account }: Writing, model: NamedModel, path: readonly string[]): Promise<void> {
  const { pk, domainPk, name, ownerPk, isPublic } = model;
  const [rival]: { isOfOwner: boolean }[] = await query(IN_THE_WAY, [domainPk, name, pk, ownerPk, isPublic]);
  if (!rival) return;
  const whose = !rival.isOfOwner
    ? "The domain has a public model"
    : ownerPk === account.accountPk
      ? "You have a model"
      : "The owner has a model";
  refuse("CONFLICT", path, `${whose} ${quote(name)} already.`);
}
