import type { ModelPlace } from "../../board/board";
import type { ModelFacts } from "../../board/facts";
import type { View } from "../../board/view";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import type { MaybePromise } from "../../federation/promised";
import { Model } from "./model";
import { PublicModels } from "./public-models";

/** Rows by what boards know of them, which is another object as soon as the row or its owner has changed: what is kept is never out of date. */
const kept = new WeakMap<ModelFacts, Model>();

const factsAt = ({ board, slot }: ModelPlace): ModelFacts => board.models[slot];

const publicModels = (): PublicModels => new PublicModels();

/** Keeps models that everybody sees. `view`: of the revision that they were read as of. */
function keep(models: readonly Model[], view: View, context: Context): void {
  if (!view.holdsModels) return context.shared(publicModels).keep(view, models);
  for (const model of models) {
    const place = view.modelById(model.id);
    if (place && factsAt(place).isPublic) kept.set(factsAt(place), model);
  }
}

/** A model that was read before and that everybody sees. */
const keptAt = (place: ModelPlace | null): Model | undefined => (place ? kept.get(factsAt(place)) : undefined);

/** Models with the keys of what they point at. */
async function withKeys(models: readonly Model[], context: Context): Promise<Model[]> {
  const { catalog } = context.view;
  const domains = new Map(catalog.domains.map(({ domain }) => [domain.pk, domain]));
  const contributors = await contributorsOf(models, context);
  // A model of a domain that came after this request's revision did so too: it is not there yet.
  return models.flatMap((model) => {
    const domain = domains.get(model.domainPk);
    return domain ? [Object.assign(model, { domainId: domain.id, domainSlug: domain.slug, contributorId: contributors(model) })] : [];
  });
}

/** The outward ids of the owners of models that the viewer sees: from the board if there is one, else from the database. */
async function contributorsOf(models: readonly Model[], context: Context): Promise<(model: Model) => string | null> {
  const { view } = context;
  if (view.holdsModels)
    return ({ id }) => {
      const place = view.modelById(id);
      return place?.board.models[place.slot].contributorId ?? null;
    };
  const kept = context.shared(publicModels);
  const byPk = new Map<number, string | null>();
  for (const { ownerPk } of models) if (ownerPk !== null) byPk.set(ownerPk, kept.contributorId(view, ownerPk) ?? null);
  const unknown = [...byPk].flatMap(([pk, id]) => (id === null ? [pk] : []));
  if (unknown.length > 0) {
    const rows = await context.read<{ pk: number; id: string }>(`SELECT pk, id FROM contributor WHERE pk = ANY ($1)`, [unknown]);
    kept.keepContributors(view, rows);
    for (const { pk, id } of rows) byPk.set(pk, id);
  }
  return ({ ownerPk }) => (ownerPk === null ? null : (byPk.get(ownerPk) ?? null));
}

async function modelsById(ids: readonly string[], context: Context): Promise<(Model | null)[]> {
  const { view } = context;
  const models = await withKeys(await context.find(Model, "WHERE id = ANY ($1)", [ids.filter(isStorable)]), context);
  keep(models, view, context);
  const byId = new Map(models.map((model) => [model.id, model]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The model of an id, at once if it was read before and everybody sees it; null if there is none, or none that the viewer sees (§10). */
export function modelById(context: Context, id: string): MaybePromise<Model | null> {
  const { view } = context;
  const known = view.holdsModels ? keptAt(view.modelById(id)) : context.shared(publicModels).byId(view, id);
  return known ?? context.loader(modelsById).load(id);
}

const modelsByName = async (names: readonly ModelName[], context: Context): Promise<(Model | null)[]> => {
  const { view } = context;
  const known = names.filter(({ name }) => isStorable(name));
  const found = await context.find(Model, "WHERE domain_pk = ANY ($1) AND name = ANY ($2) ORDER BY is_public DESC, pk", [
    [...new Set(known.map(({ domainPk }) => domainPk))],
    [...new Set(known.map(({ name }) => name))],
  ]);
  const models = await withKeys(found, context);
  keep(models, view, context);
  const own = context.viewer?.accountPk;
  return names.map(({ domainPk, name }) => {
    const named = models.filter((model) => model.domainPk === domainPk && model.name === name);
    return named.find(({ ownerPk }) => ownerPk !== null && ownerPk === own) ?? named[0] ?? null;
  });
};

interface ModelName {
  readonly domainPk: number;
  readonly name: string;
}

/** The model of a name in a domain that the viewer sees, the viewer's own first, else the public one (§10); null if there is none. */
export function modelByName(context: Context, slug: string, name: string): MaybePromise<Model | null> {
  const { view } = context;
  const domain = view.catalog.domain(slug)?.domain;
  if (!domain) return null;
  const named = { domainPk: domain.pk, name };
  const known = view.holdsModels ? keptByName(view, slug, name) : context.shared(publicModels).byName(view, named);
  return known ?? context.loader(modelsByName, keyOfName).load(named);
}

function keptByName(view: View, slug: string, name: string): Model | undefined {
  const board = view.domain(slug);
  const slot = board ? view.modelByName(board, name) : -1;
  return board && slot >= 0 ? keptAt({ board, slot }) : undefined;
}

const keyOfName = ({ domainPk, name }: ModelName): string => `${domainPk}/${name}`;
