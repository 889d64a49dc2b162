import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { Model } from "./model";

async function modelsById(ids: readonly string[], context: Context): Promise<(Model | null)[]> {
  const models = new Map<string, Model>();
  for (const model of await context.find(Model, "WHERE id = ANY ($1)", [ids.filter(isStorable)])) {
    const place = context.view.modelById(model.id);
    if (!place) continue;
    const { catalog, models: facts } = place.board;
    const keys = { domainId: catalog.domain.id, domainSlug: catalog.domain.slug, contributorId: facts[place.slot].contributorId };
    models.set(model.id, Object.assign(model, keys));
  }
  return ids.map((id) => models.get(id) ?? null);
}

/** The model of an id; null if there is none, or none that the viewer sees (§10). */
export const modelById = (context: Context, id: string): Promise<Model | null> => context.loader(modelsById).load(id);

/** The model of a name in a domain that the viewer sees, the viewer's own first (§10); null if there is none. */
export async function modelByName(context: Context, slug: string, name: string): Promise<Model | null> {
  const board = context.view.domain(slug);
  const slot = board ? context.view.modelByName(board, name) : -1;
  return board && slot >= 0 ? modelById(context, board.models[slot].id) : null;
}
