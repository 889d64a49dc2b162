import type { Context } from "../../federation/context";
import type { Node } from "../../federation/node";
import {
  type Benchmark,
  benchmarkOf,
  type BenchmarkVersion,
  Contributor,
  type Domain,
  domainOf,
  type Model,
  modelOf,
  Reference,
  versionOf,
} from "./foreign";
import { findRelease } from "./release-fields";
import { observationById } from "./loaders";

type Find = (id: string, context: Context) => Node | null | Promise<Node | null>;

const stub = <T extends Node>(type: new () => T, id: string): T => Object.assign(new type(), { id });

/** Which references of ids the viewer sees. */
async function seenReferences(ids: readonly string[], context: Context): Promise<boolean[]> {
  const rows = await context.read<{ id: string }>("SELECT id FROM reference WHERE id = ANY ($1)", [ids]);
  const seen = new Set(rows.map(({ id }) => id));
  return ids.map((id) => seen.has(id));
}

/** How each kind of id is found; the kind is what stands before the underscore. */
const FINDERS: Readonly<Record<string, Find>> = {
  domain: (id, { view }) => {
    const catalog = view.catalog.domainById(id);
    return catalog && domainOf(catalog);
  },
  benchmark: (id, context) => findBenchmark(id, context),
  "benchmark-version": (id, context) => findVersion(id, context),
  model: (id, context) => findModel(id, context),
  contributor: (id, { view }) => (view.seesContributor(id) ? stub(Contributor, id) : null),
  reference: async (id, context) => ((await context.loader(seenReferences).load(id)) ? stub(Reference, id) : null),
  release: (id, context) => findRelease(id, context),
  observation: (id, context) => observationById(context, id),
};

export const findDomain = (id: string, context: Context): Domain | null => FINDERS.domain(id, context) as Domain | null;

export function findBenchmark(id: string, { view }: Context): Benchmark | null {
  const place = view.catalog.benchmarkById(id);
  return place && benchmarkOf(place.catalog, place.node);
}

export function findVersion(id: string, { view }: Context): BenchmarkVersion | null {
  const place = view.catalog.versionById(id);
  return place && versionOf(place.version);
}

export function findModel(id: string, { view }: Context): Model | null {
  const place = view.modelById(id);
  return place && modelOf(place.board, place.slot);
}

/** Kind and keyed hash, as `idOf` writes them. What does not look so is looked for nowhere: Postgres refuses texts with a NUL. */
const ID = /^([a-z-]+)_[\w-]{22}$/;

/** Whatever has this id and is the viewer's to see; null otherwise: the two are not told apart (§10). */
export function findNode(id: string, context: Context): Node | null | Promise<Node | null> {
  const kind = ID.exec(id)?.[1] ?? "";
  return Object.hasOwn(FINDERS, kind) ? FINDERS[kind](id, context) : null;
}
