import type { ReleaseFacts } from "../../board/facts";
import { releaseChecksum } from "../../board/release-checksum";
import { appendFacts } from "../../database/append-facts";
import { idOf } from "../../database/identify";
import { badInput, ExpectedError, notFound } from "../../errors";
import type { Database } from "../../federation/context";

export interface NewRelease {
  /** Slug of the domain. */
  readonly domain: string;
  /** 1 to 200 characters, unique in the domain. */
  readonly name: string;
  readonly notes?: string | null;
}

/** Models that were public at a revision and are not any more: they would be in a release and not public, which none may be (§10). */
const GONE = `
  SELECT EXISTS (SELECT FROM model m JOIN earlier_content e ON e.table_name = 'model' AND e.pk = m.pk
    WHERE m.domain_pk = $1 AND NOT m.is_public AND e.revision <= $2 AND e.until_revision > $2 AND (e.content->>'is_public')::bool) AS "isAny"`;

/**
 * Names the facts of a domain as they stand now (§9). Its checksum is computed while others may go on writing; what they write comes
 * after it. Throws NOT_FOUND for an unknown domain, CONFLICT for a name that is taken.
 */
export async function createRelease(dataSource: Database, { domain: slug, name, notes = null }: NewRelease): Promise<ReleaseFacts> {
  if (!/^(?!\s)[^\p{Cc}]{1,200}(?<!\s)$/u.test(name))
    throw badInput(`A release has a name of 1 to 200 characters without edge spaces; got ${JSON.stringify(name)}.`);
  const [domain] = (await dataSource.query(`SELECT pk FROM domain WHERE slug = $1`, [slug])) as { pk: number }[];
  if (!domain) throw notFound("domain", slug);
  const [ledger] = (await dataSource.query(`SELECT last_revision AS "revision", public_revision AS "publicRevision" FROM ledger`)) as {
    revision: number;
    publicRevision: number;
  }[];
  const checksum = await releaseChecksum(dataSource, domain.pk, ledger.revision);
  const { result } = await appendFacts(dataSource, { source: "release" }, async ({ idKey, query, add }) => {
    const [{ isTaken }] = await query(`SELECT EXISTS (SELECT FROM release WHERE domain_pk = $1 AND name = $2) AS "isTaken"`, [
      domain.pk,
      name,
    ]);
    if (isTaken) throw new ExpectedError("CONFLICT", `The domain ${slug} has a release ${JSON.stringify(name)} already.`);
    const [{ isAny }] = await query(GONE, [domain.pk, ledger.revision]);
    if (isAny) throw new ExpectedError("CONFLICT", "A model was made private while the release was made. Try again.");
    const facts = { id: idOf(idKey, "Release", slug, name), name, notes, checksum };
    const createdAt = new Date();
    const { revision: at_revision, publicRevision: at_public_revision } = ledger;
    const [pk] = await add("release", [
      { ...facts, domain_pk: domain.pk, at_revision, at_public_revision, created_at: createdAt.toISOString() },
    ]);
    return { ...facts, pk, createdAt, atRevision: at_revision, atPublicRevision: at_public_revision };
  });
  return result;
}
