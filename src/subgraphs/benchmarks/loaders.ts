import { In } from "typeorm";
import { contentAt } from "../../database/content-at";
import { isStorable } from "../../database/is-storable";
import type { Context } from "../../federation/context";
import { BenchmarkVersion } from "./benchmark-version";

async function versionsById(ids: readonly string[], { dataSource, view }: Context): Promise<(BenchmarkVersion | null)[]> {
  const rows = await dataSource.getRepository(BenchmarkVersion).findBy({ id: In(ids.filter(isStorable)) });
  const found = await contentAt(dataSource, BenchmarkVersion, rows, view.catalog.ledger.revision);
  const byId = new Map(found.map((version) => [version.id, version]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The version of an id with its stimuli, recording and metric; null if there is none. */
export const versionById = (context: Context, id: string): Promise<BenchmarkVersion | null> => context.loader(versionsById).load(id);
