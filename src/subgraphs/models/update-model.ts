import { changedColumns } from "../../database/changed-columns";
import { IS_RELEASED } from "../../database/is-released";
import { quote, refuseNull } from "../../federation/check-input";
import { citeReference } from "../../federation/cite-reference";
import type { Context } from "../../federation/context";
import { mutate, type Writing } from "../../federation/mutate";
import { findOwner } from "./find-owner";
import { modelById } from "./loaders";
import { modelColumns } from "./model-columns";
import type { UpdateModelInput } from "./model-input";
import { UpdateModelPayload } from "./model-payload";
import { refuseTakenName } from "./refuse-taken-name";

/** A row of table `model`; further columns by their names. */
interface KeptModel {
  readonly pk: number;
  readonly id: string;
  readonly domain_pk: number;
  readonly name: string;
  readonly is_public: boolean;
  readonly owner_pk: number | null;
  readonly reference_pk: number | null;
  readonly [column: string]: unknown;
}

/** Changes a model of the account that asks, or, for an admin, any. What is said already is not written again. */
export const updateModel = (context: Context, input: UpdateModelInput): Promise<UpdateModelPayload> =>
  mutate(context, { payload: UpdateModelPayload, name: "updateModel", input }, async (writing) => {
    const columns = modelColumns(writing, input);
    refuseNull(writing, ["isPublic"], input.isPublic);
    const kept = await findOwnModel(writing, input.model);
    const ownerPk = kept && (await newOwner(writing, input, kept.owner_pk));
    if (!kept) return () => ({});

    const { pk, domain_pk: domainPk, name, reference_pk: citedPk } = kept;
    const isPublic = input.isPublic ?? kept.is_public;
    if (kept.is_public && !isPublic) await refuseIfReleased(writing, pk);
    const reference_pk = await citeReference(writing, { domainPk, key: input.reference, citedPk, isPublic });
    if (isPublic !== kept.is_public || ownerPk !== kept.owner_pk)
      await refuseTakenName(writing, { pk, domainPk, name, ownerPk, isPublic }, [ownerPk === kept.owner_pk ? "isPublic" : "owner"]);
    if (writing.isRefused) return () => ({});

    const changed = changedColumns({ ...columns, is_public: isPublic, owner_pk: ownerPk, reference_pk }, kept);
    if (Object.keys(changed).length > 0) await writing.change("model", [{ ...changed, pk }]);
    return async () => ({ model: await modelById(context, kept.id) });
  });

/** The model of an id, if the account may change it. One that it does not see is refused as one that is not there (§10). */
async function findOwnModel({ account, query, refuse }: Writing, id: string): Promise<KeptModel | null> {
  const [model]: KeptModel[] = await query(`SELECT * FROM model WHERE id = $1`, [id]);
  const isOwn = account.isAdmin || model?.owner_pk === account.accountPk;
  if (model && isOwn) return model;
  if (model?.is_public) refuse("NOT_ALLOWED", ["model"], `The model ${quote(model.name)} is not yours.`);
  else refuse("NOT_FOUND", ["model"], `There is no model ${quote(id)}.`);
  return null;
}

async function newOwner(writing: Writing, { owner }: UpdateModelInput, ownerPk: number | null): Promise<number | null> {
  if (owner === undefined) return ownerPk;
  if (owner !== null) return (await findOwner(writing, owner))?.pk ?? null;
  if (!writing.account.isAdmin) writing.refuse("NOT_ALLOWED", ["owner"], "Only an admin may name the owner.");
  return null;
}

async function refuseIfReleased({ query, refuse }: Writing, pk: number): Promise<void> {
  const [{ isReleased }]: { isReleased: boolean }[] = await query(
    `SELECT ${IS_RELEASED} AS "isReleased" FROM model AS fact WHERE pk = $1`,
    [pk],
  );
  if (isReleased) refuse("CONFLICT", ["isPublic"], "The model is in a release, so it stays public.");
}
