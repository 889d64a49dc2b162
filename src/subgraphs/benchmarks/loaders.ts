import type { VersionFacts } from "../../board/facts";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import type { MaybePromise } from "../../federation/promised";
import { BenchmarkVersion } from "./benchmark-version";

/** Rows by what boards know of them, which is another object as soon as the row has changed: what is kept is never out of date. */
const kept = new WeakMap<VersionFacts, BenchmarkVersion>();

async function versionsById(ids: readonly string[], context: Context): Promise<(BenchmarkVersion | null)[]> {
  const { catalog } = context.view;
  const found = await context.find(BenchmarkVersion, "WHERE id = ANY ($1)", [ids.filter(isStorable)]);
  for (const version of found) {
    const facts = catalog.versionById(version.id)?.version;
    if (facts) kept.set(facts, Object.freeze(version));
  }
  const byId = new Map(found.map((version) => [version.id, version]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The version of an id with its stimuli, recording and metric, at once if it was read before; null if there is none. */
export function versionById(context: Context, id: string): MaybePromise<BenchmarkVersion | null> {
  const facts = context.view.catalog.versionById(id)?.version;
  return (facts && kept.get(facts)) ?? context.loader(versionsById).load(id);
}
