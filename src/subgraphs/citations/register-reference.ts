import { freeId } from "../../database/free-id";
import { isSeenBy, IS_SEEN_BY_ALL } from "../../database/whose-reference";
import { quote } from "../../federation/check-input";
import type { Context } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate, type Writing } from "../../federation/mutate";
import type { CslItem } from "./csl";
import { identifyWork } from "./identify-work";
import { referenceById } from "./loaders";
import { parseReference } from "./parse-reference";
import { readOneEntry } from "./read-one-entry";
import type { RegisterReferenceInput } from "./reference-input";
import { RegisterReferencePayload } from "./reference-payload";
import { replaceKey } from "./replace-key";

/**
 * Registers a work for the account that asks. If it sees the same work already, that is the answer, and nothing is written; but its own one,
 * which nobody else cites yet, takes on the key that is given.
 */
export const registerReference = (context: Context, input: RegisterReferenceInput): Promise<RegisterReferencePayload> =>
  mutate(context, { payload: RegisterReferencePayload, name: "registerReference", input }, async (writing) => {
    const domainPk = await findDomain(writing, input.domain);
    const entry = readOneEntry(writing, input);
    if (domainPk === null || !entry) return () => ({});

    const parsed = parseReference(entry);
    const row = { ...parsed, domain_pk: domainPk, work: identifyWork(parsed) };
    const same = await findSameWork(writing, row);
    if (same === null || (input.key != null && same.isChangeable && same.key !== input.key))
      await refuseTakenKey(writing, row, input.key == null ? "bibtex" : "key");
    if (writing.isRefused) return () => ({});

    if (same && same.isChangeable && input.key != null && same.key !== input.key) await rename(writing, same, input.key);
    const id = same ? same.id : await add(writing, input.domain, row);
    return async () => ({ reference: await referenceById(context, id), isNew: same === null });
  });

interface KeptReference {
  readonly pk: number;
  readonly id: string;
  readonly key: string;
  readonly bibtex: string;
  readonly csl: CslItem;
  /** True if it is the account's own and nobody else sees it by a citation. */
  readonly isChangeable: boolean;
}

interface NewReference {
  readonly domain_pk: number;
  readonly key: string;
  readonly work: string;
}

/** The reference of the same work that the account sees, its own first. */
async function findSameWork({ account, query }: Writing, { domain_pk, work }: NewReference): Promise<KeptReference | null> {
  const [same]: KeptReference[] = await query(
    `SELECT pk, id, key, bibtex, csl, registrant_pk = $3 AND NOT ${IS_SEEN_BY_ALL} AS "isChangeable" FROM reference AS fact
     WHERE domain_pk = $1 AND work = $2 AND ${isSeenBy(3)} ORDER BY registrant_pk IS NOT DISTINCT FROM $3 DESC, pk LIMIT 1`,
    [domain_pk, work, account.accountPk],
  );
  return same ?? null;
}

/** Refuses a key that is another work's among the references that the account sees. */
async function refuseTakenKey({ account, query, refuse }: Writing, { domain_pk, key, work }: NewReference, field: string): Promise<void> {
  const [taken] = await query(`SELECT FROM reference AS fact WHERE domain_pk = $1 AND key = $2 AND work <> $3 AND ${isSeenBy(4)} LIMIT 1`, [
    domain_pk,
    key,
    work,
    account.accountPk,
  ]);
  if (taken) refuse("CONFLICT", [field], `The key ${quote(key)} is that of another work. Give another one as \`key\`.`);
}

async function rename({ change }: Writing, { pk, bibtex, csl }: KeptReference, key: string): Promise<void> {
  await change("reference", [{ pk, key, bibtex: replaceKey(bibtex, key), csl: { ...csl, id: key, "citation-key": key } }]);
}

async function add(writing: Writing, slug: string, row: NewReference): Promise<string> {
  const { account, query } = writing;
  const [{ position, registrant }]: { position: number; registrant: string }[] = await query(
    `SELECT (SELECT coalesce(max(position), 0) + 1 FROM reference WHERE domain_pk = $1) AS "position",
       (SELECT key FROM account WHERE pk = $2) AS "registrant"`,
    [row.domain_pk, account.accountPk],
  );
  const id = await freeId(writing, "reference", "Reference", slug, row.key, registrant);
  await writing.add("reference", [{ ...row, id, position, registrant_pk: account.accountPk }]);
  return id;
}
