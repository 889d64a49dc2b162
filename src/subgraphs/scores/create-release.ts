import type { ReleaseFacts } from "../../board/facts";
import { releaseChecksum } from "../../board/release-checksum";
import { type Append, appendFacts } from "../../database/append-facts";
import { idOf } from "../../database/identify";
import { EXPECTED, isTitle } from "../../database/texts";
import { badInput, ExpectedError, notFound } from "../../errors";
import { quote } from "../../federation/check-input";
import { type Context, type Database, databaseOf } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate } from "../../federation/mutate";
import { findRelease } from "./release-fields";
import { CreateReleasePayload } from "./release-payload";

export interface NewRelease {
  /** Slug of the domain. */
  readonly domain: string;
  /** 1 to 200 characters, unique in the domain. */
  readonly name: string;
  readonly notes?: string | null;
}

/** The facts that a release is to name. */
interface Covered {
  readonly domainPk: number;
  readonly revision: number;
  readonly publicRevision: number;
  readonly checksum: string;
}

const unusableName = (name: string): string => `Expected a name of ${EXPECTED.title}, got ${quote(name)}.`;

/**
 * Names the facts of a domain as they stand now (§9). Its checksum is computed while others may go on writing; what they write comes
 * after it. Throws BAD_USER_INPUT for an unusable name, NOT_FOUND for an unknown domain, CONFLICT for a name that is taken.
 */
export async function createRelease(dataSource: Database, release: NewRelease): Promise<ReleaseFacts> {
  if (!isTitle(release.name)) throw badInput(unusableName(release.name));
  const covered = await cover(dataSource, release.domain);
  if (!covered) throw notFound("domain", release.domain);
  const { result } = await appendFacts(dataSource, { source: "release" }, async (append) => {
    const conflict = await findConflict(append, release, covered);
    if (conflict) throw new ExpectedError("CONFLICT", conflict);
    return add(append, release, covered);
  });
  return result;
}

/** The same for an admin, with what is wrong in the payload. */
export async function createReleaseFor(context: Context, input: NewRelease): Promise<CreateReleasePayload> {
  const isWanted = context.viewer?.isAdmin && isTitle(input.name);
  const covered = isWanted ? await cover(databaseOf(context), input.domain) : null;
  const mutation = { payload: CreateReleasePayload, name: "createRelease", input, needs: "admin" } as const;
  return mutate(context, mutation, async (writing) => {
    const { refuse } = writing;
    if (!isTitle(input.name)) refuse("INVALID", ["name"], unusableName(input.name));
    await findDomain(writing, input.domain);
    if (!covered) return () => ({});
    const conflict = await findConflict(writing, input, covered);
    if (conflict) refuse("CONFLICT", ["name"], conflict);
    if (writing.isRefused) return () => ({});
    const { id } = await add(writing, input, covered);
    return () => ({ release: findRelease(id, context) });
  });
}

/** The facts of a domain as they stand now; null if there is no such domain. */
async function cover(dataSource: Database, slug: string): Promise<Covered | null> {
  const [found] = (await dataSource.query(
    `SELECT pk AS "domainPk", last_revision AS "revision", public_revision AS "publicRevision" FROM domain, ledger WHERE slug = $1`,
    [slug],
  )) as Omit<Covered, "checksum">[];
  return found ? { ...found, checksum: await releaseChecksum(dataSource, found.domainPk, found.revision) } : null;
}

/** Models that were public at a revision and are not any more: they would be in a release and not public, which none may be (§10). */
const GONE = `
  SELECT EXISTS (SELECT FROM model m JOIN earlier_content e ON e.table_name = 'model' AND e.pk = m.pk
    WHERE m.domain_pk = $1 AND NOT m.is_public AND e.revision <= $2 AND e.until_revision > $2 AND (e.content->>'is_public')::bool) AS "isAny"`;

/** Why the release cannot be made, in words; null if it can. */
async function findConflict({ query }: Append, { domain, name }: NewRelease, { domainPk, revision }: Covered): Promise<string | null> {
  const [taken] = await query(`SELECT FROM release WHERE domain_pk = $1 AND name = $2`, [domainPk, name]);
  if (taken) return `The domain ${domain} has a release ${JSON.stringify(name)} already.`;
  const [{ isAny }] = await query(GONE, [domainPk, revision]);
  return isAny ? "A model was made private while the release was made. Try again." : null;
}

async function add({ idKey, add }: Append, { domain, name, notes = null }: NewRelease, covered: Covered): Promise<ReleaseFacts> {
  const { domainPk, revision, publicRevision, checksum } = covered;
  const facts = { id: idOf(idKey, "Release", domain, name), name, notes, checksum };
  const createdAt = new Date();
  const [pk] = await add("release", [
    { ...facts, domain_pk: domainPk, at_revision: revision, at_public_revision: publicRevision, created_at: createdAt.toISOString() },
  ]);
  return { ...facts, pk, createdAt, atRevision: revision, atPublicRevision: publicRevision };
}
