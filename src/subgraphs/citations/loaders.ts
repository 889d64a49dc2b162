import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { Reference } from "./reference";

async function referencesById(ids: readonly string[], context: Context): Promise<(Reference | null)[]> {
  const found = await context.find(Reference, "WHERE id = ANY ($1)", [ids.filter(isStorable)]);
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

async function referencePks(ids: readonly string[], context: Context): Promise<(number | null)[]> {
  const rows = await context.read<{ id: string; pk: number | null }>(`SELECT id, reference_pk AS "pk" FROM model WHERE id = ANY ($1)`, [
    ids.filter(isStorable),
  ]);
  const byId = new Map(rows.map(({ id, pk }) => [id, pk]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The internal key of the reference of a model, from the board if there is one; null without one, or if the viewer does not see the model. */
export function referencePkOf(context: Context, modelId: string): Promise<number | null> | number | null {
  const { view } = context;
  if (!view.holdsModels) return context.loader(referencePks).load(modelId);
  const place = view.modelById(modelId);
  return place?.board.models[place.slot].referencePk ?? null;
}
