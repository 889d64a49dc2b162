import type { SelectQueryBuilder } from "typeorm";
import { contentAt } from "../../database/content-at";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { Reference } from "./reference";

/** True of a reference that a domain, a benchmark or a model that the viewer sees cites. */
const IS_CITED = `(
  EXISTS (SELECT FROM domain WHERE domain.pk = reference.domain_pk AND reference.key = ANY (domain.reference_keys))
  OR reference.pk IN (SELECT reference_pk FROM benchmark)
  OR EXISTS (
    SELECT FROM model WHERE model.reference_pk = reference.pk AND (model.is_public OR :isAdmin OR model.owner_pk = :accountPk)
  )
)`;

/** The references that the viewer sees (§10). Every read of this subgraph begins here, so none can show a hidden one. */
export const visibleReferences = ({ dataSource, viewer }: Context): SelectQueryBuilder<Reference> =>
  dataSource
    .getRepository(Reference)
    .createQueryBuilder("reference")
    .where(IS_CITED, { isAdmin: viewer?.isAdmin ?? false, accountPk: viewer?.accountPk ?? null });

async function referencesById(ids: readonly string[], context: Context): Promise<(Reference | null)[]> {
  const rows = await visibleReferences(context)
    .andWhere("reference.id = ANY (:ids)", { ids: ids.filter(isStorable) })
    .getMany();
  const found = await contentAt(context.dataSource, Reference, rows, context.view.catalog.ledger.revision);
  const byId = new Map(found.map((reference) => [reference.id, reference]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The reference of an id; null if there is none, or none that the viewer sees (§10). */
export const referenceById = (context: Context, id: string): Promise<Reference | null> => context.loader(referencesById).load(id);

/** The references of ids, in their order; those that the viewer does not see are left out. */
export async function referencesOfIds(context: Context, ids: readonly string[]): Promise<Reference[]> {
  const found = await Promise.all(ids.map((id) => referenceById(context, id)));
  return found.filter((reference) => reference !== null);
}
