import type { SelectQueryBuilder } from "typeorm";
import { contentAt } from "../../database/content-at";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { Model } from "./model";

/**
 * The models that the viewer sees (§10), with the keys of their domains and contributors. Every read of this subgraph begins here, so
 * none can show a model that is not the viewer's to see.
 */
export function visibleModels({ dataSource, viewer }: Context): SelectQueryBuilder<Model> {
  return dataSource
    .getRepository(Model)
    .createQueryBuilder("model")
    .innerJoin("domain", "domain", "domain.pk = model.domain_pk")
    .leftJoin("account", "account", "account.pk = model.owner_pk")
    .addSelect("domain.id", "domain_id")
    .addSelect("domain.slug", "domain_slug")
    .addSelect("account.contributor_id", "contributor_id")
    .where("(model.is_public OR :isAdmin OR model.owner_pk = :accountPk)", {
      isAdmin: viewer?.isAdmin ?? false,
      accountPk: viewer?.accountPk ?? null,
    });
}

/** Runs a read that began with `visibleModels`, and tells its models as of the revision of the request. */
async function fetchModels({ dataSource, view }: Context, read: SelectQueryBuilder<Model>): Promise<Model[]> {
  const { entities, raw } = await read.getRawAndEntities<{ domain_id: string; domain_slug: string; contributor_id: string | null }>();
  const models = entities.map((model, row) => {
    const { domain_id: domainId, domain_slug: domainSlug, contributor_id: contributorId } = raw[row];
    return Object.assign(model, { domainId, domainSlug, contributorId });
  });
  const told = await contentAt(dataSource, Model, models, view.catalog.ledger.revision);
  return told.filter((model) => view.sees(model));
}

async function modelsById(ids: readonly string[], context: Context): Promise<(Model | null)[]> {
  const found = await fetchModels(context, visibleModels(context).andWhere("model.id = ANY (:ids)", { ids: ids.filter(isStorable) }));
  const byId = new Map(found.map((model) => [model.id, model]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The model of an id; null if there is none, or none that the viewer sees. */
export const modelById = (context: Context, id: string): Promise<Model | null> => context.loader(modelsById).load(id);

/** The model of a name in a domain that the viewer sees, the viewer's own first (§10); null if there is none. */
export async function modelByName(context: Context, slug: string, name: string): Promise<Model | null> {
  if (!isStorable(slug) || !isStorable(name)) return null;
  const read = visibleModels(context)
    .andWhere("domain.slug = :slug AND model.name = :name", { slug, name })
    .orderBy("model.owner_pk IS NOT DISTINCT FROM :own", "DESC")
    .addOrderBy("model.is_public", "DESC")
    .addOrderBy("model.pk")
    .setParameter("own", context.viewer?.accountPk ?? -1)
    .limit(1);
  const [model] = await fetchModels(context, read);
  if (model) context.loader(modelsById).prime(model.id, model);
  return model ?? null;
}
