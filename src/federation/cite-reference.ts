import { findSeenReference, referenceForAll } from "../database/whose-reference";
import { quote } from "./check-input";
import type { Writing } from "./mutate";

/** What cites: something of a domain. */
export interface Citing {
  readonly domainPk: number;
  /** Key of the reference, as `input.reference` names it; null cites none, undefined leaves it as it is. */
  readonly key: string | null | undefined;
  /** Internal key of the reference that is cited now. Default: none. */
  readonly citedPk?: number | null;
  /** True if everybody sees what cites. */
  readonly isPublic: boolean;
}

/**
 * The internal key of the reference that is to be cited, or null for none. A key that the account does not see is refused, and so is one
 * that is another work's among the references that everybody sees, which it would join (see `whose-reference.ts`).
 */
export async function citeReference(writing: Writing, { domainPk, key, citedPk = null, isPublic }: Citing): Promise<number | null> {
  const { query, account, refuse } = writing;
  const pk = key == null ? (key === null ? null : citedPk) : await findSeenReference(query, { domainPk, key, account });
  if (pk === null) {
    if (key != null) refuse("NOT_FOUND", ["reference"], `There is no reference ${quote(key)}.`);
    return null;
  }
  const cited = isPublic ? await referenceForAll(query, pk) : pk;
  if (cited === null)
    refuse(
      "CONFLICT",
      ["reference"],
      "The key of the reference is that of another work which everybody sees. Register the reference again with another `key`.",
    );
  return cited;
}
