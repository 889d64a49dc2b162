import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { BenchmarkVersion } from "./benchmark-version";

async function versionsById(ids: readonly string[], context: Context): Promise<(BenchmarkVersion | null)[]> {
  const found = await context.find(BenchmarkVersion, "WHERE id = ANY ($1)", [ids.filter(isStorable)]);
  const byId = new Map(found.map((version) => [version.id, version]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The version of an id with its stimuli, recording and metric; null if there is none. */
export const versionById = (context: Context, id: string): Promise<BenchmarkVersion | null> => context.loader(versionsById).load(id);
