import { In } from "typeorm";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { Account } from "./account";
import { Contributor } from "./contributor";
import { Submission } from "./submission";

const CONTRIBUTORS = `
  SELECT contributor_id AS "id", coalesce(display_name, key) AS "displayName" FROM account
  WHERE contributor_id = ANY($1) AND EXISTS (
    SELECT FROM model WHERE model.owner_pk = account.pk AND (model.is_public OR $2 OR model.owner_pk = $3))`;

async function contributorsById(ids: readonly string[], { dataSource, viewer }: Context): Promise<(Contributor | null)[]> {
  const parameters = [ids.filter(isStorable), viewer?.isAdmin ?? false, viewer?.accountPk ?? null];
  const rows = (await dataSource.query(CONTRIBUTORS, parameters)) as { id: string; displayName: string }[];
  const byId = new Map(rows.map((row) => [row.id, Object.assign(new Contributor(), row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The contributor of an id; null if there is none, or none with a model that the viewer sees (§10). */
export const contributorById = (context: Context, id: string): Promise<Contributor | null> => context.loader(contributorsById).load(id);

async function accountsById(ids: readonly string[], { dataSource, viewer }: Context): Promise<(Account | null)[]> {
  if (viewer === null) return ids.map(() => null);
  const found = await dataSource
    .getRepository(Account)
    .findBy(viewer.isAdmin ? { id: In(ids.filter(isStorable)) } : { id: In(ids.filter(isStorable)), pk: viewer.accountPk });
  const byId = new Map(found.map((account) => [account.id, account]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The account of an id; null unless it is the viewer's own, or the viewer an admin (§10). */
export const accountById = (context: Context, id: string): Promise<Account | null> => context.loader(accountsById).load(id);

async function submissionsById(ids: readonly string[], { dataSource, viewer }: Context): Promise<(Submission | null)[]> {
  if (viewer === null) return ids.map(() => null);
  const found = await dataSource
    .getRepository(Submission)
    .findBy(viewer.isAdmin ? { id: In(ids.filter(isStorable)) } : { id: In(ids.filter(isStorable)), accountPk: viewer.accountPk });
  const byId = new Map(found.map((submission) => [submission.id, submission]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The submission of an id; null unless it is of the viewer's own account, or the viewer an admin (§10). */
export const submissionById = (context: Context, id: string): Promise<Submission | null> => context.loader(submissionsById).load(id);

async function submissionSizes(pks: readonly number[], { dataSource }: Context): Promise<number[]> {
  const sql = `SELECT submission_pk AS "pk", count(*)::int AS "count" FROM observation WHERE submission_pk = ANY($1) GROUP BY 1`;
  const rows = (await dataSource.query(sql, [pks])) as { pk: number; count: number }[];
  const byPk = new Map(rows.map(({ pk, count }) => [pk, count]));
  return pks.map((pk) => byPk.get(pk) ?? 0);
}

/** How many observations came with a submission that the viewer sees. */
export const submissionSize = (context: Context, { pk }: Submission): Promise<number> => context.loader(submissionSizes).load(pk);

async function contributorIds(accountPks: readonly number[], { dataSource }: Context): Promise<(string | null)[]> {
  const rows = await dataSource.getRepository(Account).find({ where: { pk: In(accountPks) }, select: { pk: true, contributorId: true } });
  const byPk = new Map(rows.map(({ pk, contributorId }) => [pk, contributorId]));
  return accountPks.map((pk) => byPk.get(pk) ?? null);
}

/** The account that handed a submission in, as everybody may know it; null if none of its models is the viewer's to see. */
export async function contributorOf(context: Context, { accountPk }: Submission): Promise<Contributor | null> {
  const id = await context.loader(contributorIds).load(accountPk);
  return id === null ? null : contributorById(context, id);
}
