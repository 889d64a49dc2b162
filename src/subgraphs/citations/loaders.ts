import type { ReferenceFacts } from "../../board/facts";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import type { MaybePromise } from "../../federation/promised";
import { Reference } from "./reference";

/** Rows by what boards know of them, which is another object as soon as the row has changed: what is kept is never out of date. */
const kept = new WeakMap<ReferenceFacts, Reference>();

async function referencesById(ids: readonly string[], context: Context): Promise<(Reference | null)[]> {
  const { catalog } = context.view;
  const found = await context.find(Reference, "WHERE id = ANY ($1)", [ids.filter(isStorable)]);
  for (const reference of found) {
    const facts = catalog.referenceById(reference.id);
    if (facts) kept.set(facts, Object.freeze(reference));
  }
  const byId = new Map(found.map((reference) => [reference.id, reference]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The reference of an id, at once if it was read before and everybody sees it; null if there is none, or none that the viewer sees (§10). */
export function referenceById(context: Context, id: string): MaybePromise<Reference | null> {
  for (const catalog of context.view.catalog.domains) {
    const facts = catalog.referencesById.get(id);
    const known = facts && catalog.cites(facts) && kept.get(facts);
    if (known) return known;
  }
  return context.loader(referencesById).load(id);
}

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
