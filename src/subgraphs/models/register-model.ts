import { freeId } from "../../database/free-id";
import { EXPECTED, isName } from "../../database/texts";
import { quote } from "../../federation/check-input";
import { citeReference } from "../../federation/cite-reference";
import type { Context } from "../../federation/context";
import { findDomain } from "../../federation/find-domain";
import { mutate } from "../../federation/mutate";
import { findOwner, findSelf } from "./find-owner";
import { modelById } from "./loaders";
import { modelColumns } from "./model-columns";
import type { RegisterModelInput } from "./model-input";
import { RegisterModelPayload } from "./model-payload";
import { refuseTakenName } from "./refuse-taken-name";

/** Registers a model of the account that asks; admins may do it for another one. */
export const registerModel = (context: Context, input: RegisterModelInput): Promise<RegisterModelPayload> =>
  mutate(context, { payload: RegisterModelPayload, name: "registerModel", input }, async (writing) => {
    const { account, refuse } = writing;
    const { domain, name, isPublic, submittedAt } = input;
    const domainPk = await findDomain(writing, domain);
    if (!isName(name)) refuse("INVALID", ["name"], `Expected ${EXPECTED.name}, got ${quote(name)}.`);
    const owner = input.owner == null ? await findSelf(writing) : await findOwner(writing, input.owner);
    if (submittedAt != null && !account.isAdmin) refuse("NOT_ALLOWED", ["submittedAt"], "Only an admin may say when it was submitted.");
    const columns = modelColumns(writing, input);
    const referencePk = domainPk === null ? null : await citeReference(writing, { domainPk, key: input.reference, isPublic });
    if (domainPk !== null && owner) await refuseTakenName(writing, { pk: null, domainPk, name, ownerPk: owner.pk, isPublic }, ["name"]);
    if (writing.isRefused || !owner) return () => ({});

    const id = await freeId(writing, "model", "Model", domain, name, owner.key);
    const place = { id, domain_pk: domainPk, name, is_public: isPublic, owner_pk: owner.pk, reference_pk: referencePk };
    await writing.add("model", [{ ...columns, ...place, submitted_at: new Date(submittedAt?.getTime() ?? Date.now()).toISOString() }]);
    return async () => ({ model: await modelById(context, id) });
  });
