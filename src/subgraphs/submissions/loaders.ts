import type { ModelFacts } from "../../board/facts";
import { groupBy } from "../../board/group-by";
import type { View } from "../../board/view";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import type { MaybePromise } from "../../federation/promised";
import { Account } from "./account";
import { Contributor } from "./contributor";
import { Submission } from "./submission";

async function contributorsById(ids: readonly string[], context: Context): Promise<(Contributor | null)[]> {
  const rows = await context.read<{ id: string; displayName: string }>(
    `SELECT id, display_name AS "displayName" FROM contributor WHERE id = ANY ($1)`,
    [ids.filter(isStorable)],
  );
  const byId = new Map(rows.map((row) => [row.id, Object.assign(new Contributor(), row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

const modelsByContributor = new WeakMap<readonly ModelFacts[], Map<string | null, ModelFacts[]>>();

/** A model of a contributor that the viewer sees. */
function modelOf(view: View, contributorId: string): ModelFacts | null {
  for (const { domain } of view.catalog.domains) {
    const models = view.domain(domain.slug)?.models ?? [];
    let grouped = modelsByContributor.get(models);
    if (!grouped) modelsByContributor.set(models, (grouped = groupBy(models, (model) => model.contributorId)));
    const seen = grouped.get(contributorId)?.find((model) => view.sees(model));
    if (seen) return seen;
  }
  return null;
}

/** The contributor of an id, from the board if there is one; null if there is none, or none with a model that the viewer sees (§10). */
export function contributorById(context: Context, id: string): MaybePromise<Contributor | null> {
  const model = context.view.holdsModels ? modelOf(context.view, id) : null;
  return model ? Object.assign(new Contributor(), { id, displayName: model.contributorName }) : context.loader(contributorsById).load(id);
}

async function accountsById(ids: readonly string[], context: Context): Promise<(Account | null)[]> {
  const found = await context.find(Account, "WHERE id = ANY ($1)", [ids.filter(isStorable)]);
  const byId = new Map(found.map((account) => [account.id, account]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The account of an id; null unless it is the viewer's own, or the viewer an admin (§10). */
export const accountById = (context: Context, id: string): Promise<Account | null> => context.loader(accountsById).load(id);

async function submissionsById(ids: readonly string[], context: Context): Promise<(Submission | null)[]> {
  const found = await context.find(Submission, "WHERE id = ANY ($1)", [ids.filter(isStorable)]);
  const byId = new Map(found.map((submission) => [submission.id, submission]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The submission of an id; null unless it is of the viewer's own account, or the viewer an admin (§10). */
export const submissionById = (context: Context, id: string): Promise<Submission | null> => context.loader(submissionsById).load(id);

async function submissionSizes(pks: readonly number[], context: Context): Promise<number[]> {
  const rows = await context.read<{ pk: number; count: number }>(
    `SELECT submission_pk AS "pk", count(*) AS "count" FROM observation WHERE submission_pk = ANY ($1) GROUP BY 1`,
    [pks],
  );
  const byPk = new Map(rows.map(({ pk, count }) => [pk, count]));
  return pks.map((pk) => byPk.get(pk) ?? 0);
}

/** How many observations came with a submission that the viewer sees. */
export const submissionSize = (context: Context, { pk }: Submission): Promise<number> => context.loader(submissionSizes).load(pk);

async function contributorIds(accountPks: readonly number[], context: Context): Promise<(string | null)[]> {
  const rows = await context.read<{ pk: number; id: string }>("SELECT pk, id FROM contributor WHERE pk = ANY ($1)", [accountPks]);
  const byPk = new Map(rows.map(({ pk, id }) => [pk, id]));
  return accountPks.map((pk) => byPk.get(pk) ?? null);
}

/** The account that handed a submission in, as everybody may know it; null if none of its models is the viewer's to see. */
export async function contributorOf(context: Context, { accountPk }: Submission): Promise<Contributor | null> {
  const id = await context.loader(contributorIds).load(accountPk);
  return id === null ? null : contributorById(context, id);
}
