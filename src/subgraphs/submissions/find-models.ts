import { groupBy } from "../../board/group-by";
import type { Writing } from "../../federation/mutate";

/** A model that scores are handed in for. */
export interface ScoredModel {
  readonly pk: number;
  readonly id: string;
  /** True if the account may write its scores. */
  readonly isOwn: boolean;
}

type FoundModel = ScoredModel & { readonly name: string; readonly isClear: boolean };

/** The models that the account sees, by name or id: of a name its own first, then the public one (§10). Those are clear by their name. */
const MODELS = `
  SELECT pk, id, name, ($3 OR owner_pk = $4) IS TRUE AS "isOwn", (is_public OR owner_pk = $4) IS TRUE AS "isClear" FROM model
  WHERE domain_pk = $1 AND (name = ANY ($2) OR id = ANY ($2)) AND (is_public OR $3 OR owner_pk = $4)
  ORDER BY (owner_pk = $4) IS TRUE DESC, is_public DESC, pk`;

/**
 * Finds the models that texts mean, each an id or else a name. Null: there is none, or none that the account sees. "several": private
 * ones of several accounts, so that an admin has to give an id.
 */
export async function findModels(
  { query, account }: Pick<Writing, "query" | "account">,
  domainPk: number,
  texts: readonly string[],
): Promise<(text: string) => ScoredModel | "several" | null> {
  const found: FoundModel[] = await query(MODELS, [domainPk, [...new Set(texts)], account.isAdmin, account.accountPk]);
  const byId = new Map(found.map((model) => [model.id, model]));
  const byName = groupBy(found, ({ name }) => name);
  return (text) => {
    const named = byName.get(text) ?? [];
    return byId.get(text) ?? (named.length > 1 && !named[0].isClear ? "several" : (named[0] ?? null));
  };
}
