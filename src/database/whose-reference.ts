import type { Query } from "./write-rows";

// Whose a reference is (§10). One that an account registered is that account's own until something public cites it; an imported one
// is nobody's in particular. Each account sees its own, those that everybody sees, and those that its own models cite; admins may
// name all. Within one account's, within the imported and within those that everybody sees, a key names one reference, and a work stands
// once. So what one account keeps to itself is in nobody's way, and nothing tells of it.
//
// Where an account's own reference is about to be cited by something public, it joins those that everybody sees: if the work is
// there already, that one is cited instead; if the key is there for another work, that is a conflict.

/** SQL: true if everybody sees the reference `fact`: the domain, a benchmark or a public model cites it. A domain cites imported ones. */
export const IS_SEEN_BY_ALL = `(
  fact.registrant_pk IS NULL AND EXISTS (SELECT FROM domain WHERE domain.pk = fact.domain_pk AND fact.key = ANY (domain.reference_keys))
  OR EXISTS (SELECT FROM benchmark WHERE benchmark.reference_pk = fact.pk)
  OR EXISTS (SELECT FROM model WHERE model.reference_pk = fact.pk AND model.is_public))`;

/** SQL: true if the account that is the parameter `$place` sees the reference `fact`, were it no admin. */
export const isSeenBy = (place: number): string => `(
  fact.registrant_pk = $${place} OR ${IS_SEEN_BY_ALL}
  OR EXISTS (SELECT FROM model WHERE model.reference_pk = fact.pk AND model.owner_pk = $${place}))`;

/** The references of a key that an account sees, its own first, then those that everybody sees, then imported ones. */
const SEEN = `
  SELECT pk FROM reference AS fact WHERE domain_pk = $1 AND key = $2 AND ($4 OR ${isSeenBy(3)})
  ORDER BY registrant_pk IS NOT DISTINCT FROM $3 DESC, ${IS_SEEN_BY_ALL} DESC, registrant_pk NULLS FIRST, pk LIMIT 1`;

/** The internal key of the reference of a key that an account means; null if it sees none. */
export async function findSeenReference(
  query: Query,
  { domainPk, key, account }: { domainPk: number; key: string; account: { readonly accountPk: number; readonly isAdmin: boolean } },
): Promise<number | null> {
  const [found]: { pk: number }[] = await query(SEEN, [domainPk, key, account.accountPk, account.isAdmin]);
  return found?.pk ?? null;
}

/** Those that everybody sees and that a reference, $1, would meet there: first one of the same work, else one of the same key. */
const MET = `
  SELECT fact.pk, fact.work = own.work AS "isSameWork" FROM reference AS own JOIN reference AS fact USING (domain_pk)
  WHERE own.pk = $1 AND fact.pk <> own.pk AND (fact.work = own.work OR fact.key = own.key) AND ${IS_SEEN_BY_ALL}
  ORDER BY 2 DESC, fact.pk LIMIT 1`;

/** The reference that something public is to cite where this one was meant: itself, or the same work; null if its key is another work's. */
export async function referenceForAll(query: Query, pk: number): Promise<number | null> {
  const [{ isSeen }]: { isSeen: boolean }[] = await query(`SELECT ${IS_SEEN_BY_ALL} AS "isSeen" FROM reference AS fact WHERE pk = $1`, [
    pk,
  ]);
  if (isSeen) return pk;
  const [met]: { pk: number; isSameWork: boolean }[] = await query(MET, [pk]);
  if (!met) return pk;
  return met.isSameWork ? met.pk : null;
}
