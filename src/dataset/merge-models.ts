import { groupBy } from "../board/group-by";
import { type LayerRow, type ModelRow } from "./dataset";
import { quote } from "./faults";
import { keyOf, type KeptModel } from "./held";
import { differs, planOf, refuseRepeats, valuesOf, type Change, type Merge, type Plan } from "./merge";
import { sortRows } from "./sort-rows";

/** A model after the merge. */
export interface MergedModel {
  /** Its key: the name and the owner as they are after the merge. */
  readonly key: string;
  readonly name: string;
  readonly owner: string | null;
  readonly isPublic: boolean;
  readonly row: ModelRow | null;
  readonly kept: KeptModel | null;
}

/** Finds the model that a row of another file means, or says in words what was expected instead. */
export type FindModel = (name: string, owner: string | null | undefined) => MergedModel | string;

/** The models after the merge. */
export interface MergedModels {
  readonly plan: Plan;
  readonly find: FindModel;
}

/** The models with their layers. A name is unique among the public ones and among those of one owner (§10). */
export function mergeModels(merge: Merge): MergedModels {
  const { folder, held, faults } = merge;
  const { dataset, lines, entries } = folder;
  refuseRepeats(merge, "models", dataset.models, ({ name, owner }) => keyOf(name, owner));
  const matches = matchModels(dataset.models, held.models);
  const models = dataset.models.map((row): MergedModel => {
    const kept = matches.get(row) ?? null;
    const owner = (row.owner === undefined ? kept?.owner : row.owner) ?? null;
    return { key: keyOf(row.name, owner), name: row.name, owner, isPublic: row.public, row, kept };
  });
  const matched = new Set(matches.values());
  const others = held.models
    .filter((kept) => !matched.has(kept))
    .map((kept): MergedModel => ({
      key: keyOf(kept.name, kept.owner),
      name: kept.name,
      owner: kept.owner ?? null,
      isPublic: kept.public,
      row: null,
      kept,
    }));
  const byName = groupBy([...models, ...others], ({ name }) => name);
  const find: FindModel = (name, owner) => findModel(byName.get(name) ?? [], name, owner);

  const references = new Set([...held.references, ...entries].map(({ key }) => key));
  for (const [index, { name, public: isPublic, reference }] of dataset.models.entries()) {
    const line = lines.models[index];
    if (reference && !references.has(reference))
      faults.add("models.csv", line, "reference", `expected a key of references.bib, got ${quote(reference)}`);
    if (isPublic === false && models[index].kept?.public && models[index].kept?.isReleased)
      faults.add("models.csv", line, "public", `expected true: a release has ${quote(name)}, which cannot be made private again`);
    const rivals = isPublic ? (byName.get(name) ?? []).filter((other) => other.isPublic && other !== models[index]) : [];
    const rival = rivals.find((other) => other.row === null || dataset.models.indexOf(other.row) < index);
    if (rival)
      faults.add(
        "models.csv",
        line,
        "public",
        `the public name ${quote(name)} is taken${rival.owner === null ? "" : ` by a model of ${rival.owner}`}`,
      );
  }

  const layers = mergeLayers(merge, find);
  const changes = models.map((model): Change | null => changeOf(dataset.domain.slug, model, layers.get(model)));
  for (const [{ key, row, kept }, commitments] of layers)
    if (row === null && kept) changes.push({ key, pk: kept.pk, naturalKey: [], values: { layers: commitments }, links: {} });
  return { plan: planOf("model", changes), find };
}

/**
 * Which model of the database each row means: the one of that name and owner, else the only one of that name, if the row or the database
 * does not know the owner. Two models of one name and two owners are two models.
 */
function matchModels(rows: readonly ModelRow[], held: readonly KeptModel[]): Map<ModelRow, KeptModel> {
  const exact = new Map(held.map((kept) => [keyOf(kept.name, kept.owner), kept]));
  const matches = new Map<ModelRow, KeptModel>();
  for (const row of rows) {
    const kept = row.owner === undefined ? undefined : exact.get(keyOf(row.name, row.owner));
    if (kept) matches.set(row, kept);
  }
  const taken = new Set(matches.values());
  const free = groupBy(
    held.filter((kept) => !taken.has(kept)),
    ({ name }) => name,
  );
  const rest = groupBy(
    rows.filter((row) => !matches.has(row)),
    ({ name }) => name,
  );
  for (const [name, [row, ...more]] of rest) {
    const [kept, ...others] = free.get(name) ?? [];
    if (kept && more.length + others.length === 0 && ((row.owner ?? null) === null || kept.owner === null)) matches.set(row, kept);
  }
  return matches;
}

function findModel(all: readonly MergedModel[], name: string, owner: string | null | undefined): MergedModel | string {
  const candidates = [...new Map(all.map((model) => [model.key, model])).values()];
  const given = owner ? candidates.filter((model) => model.owner === owner) : candidates;
  if (given.length === 1) return given[0];
  if (given.length === 0) return `expected a model that is known, got ${quote(name)}${owner ? ` of ${owner}` : ""}`;
  const mentioned = given.filter(({ row }) => row !== null);
  if (owner === null) return given.find((model) => model.owner === null) ?? (mentioned.length === 1 ? mentioned[0] : ambiguous(name));
  return mentioned.length === 1 ? mentioned[0] : ambiguous(name);
}

const ambiguous = (name: string): string => `expected the owner too, as the name ${quote(name)} stands twice`;

/** The layers of the models that get other ones, by region: those of the folder over those of the database. */
function mergeLayers(merge: Merge, find: FindModel): Map<MergedModel, Pick<LayerRow, "region" | "layer">[]> {
  const { folder, faults } = merge;
  const { dataset, lines } = folder;
  const found = dataset.layers.map(({ model, owner }) => find(model, owner));
  for (const [index, model] of found.entries())
    if (typeof model === "string") faults.add("layers.csv", lines.layers[index], "model", model);
  const rows = dataset.layers.map((row, index) => ({ row, model: found[index] }));
  refuseRepeats(merge, "layers", rows, ({ row, model }) => (typeof model === "string" ? null : keyOf(model.key, row.region)));
  const merged = new Map<MergedModel, Pick<LayerRow, "region" | "layer">[]>();
  for (const [model, own] of groupBy(rows, (each) => each.model)) {
    if (typeof model === "string") continue;
    const earlier = new Map(model.kept?.commitments.map(({ region, layer }) => [region, layer]));
    if (own.every(({ row }) => earlier.get(row.region) === row.layer)) continue;
    for (const { row } of own) earlier.set(row.region, row.layer);
    const commitments = [...earlier].map(([region, layer]) => ({ region, layer }));
    merged.set(model, sortRows(commitments, ["region"]));
  }
  return merged;
}

function changeOf(slug: string, { key, owner, row, kept }: MergedModel, layers: unknown): Change | null {
  if (!row || (kept && !layers && !differs("models", row, kept))) return null;
  return {
    key,
    pk: kept?.pk ?? null,
    naturalKey: [slug, row.name, owner],
    values: { ...valuesOf("models", row), layers: layers ?? kept?.commitments ?? [] },
    links: {
      domain_pk: slug,
      ...(row.owner === undefined ? {} : { owner_pk: row.owner }),
      ...(row.reference === undefined ? {} : { reference_pk: row.reference }),
    },
  };
}
