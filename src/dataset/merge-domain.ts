import { keyOf } from "./held";
import { planOf, type Merge, type Plan } from "./merge";

/** The domain itself, and what is said of the data set. */
export function mergeDomain({ folder: { dataset, lineOf, entries, hasNames }, held, faults }: Merge): Plan {
  const { slug, name, usage, references } = dataset.domain;
  const known = new Set([...held.references, ...entries].map(({ key }) => key));
  for (const [index, key] of (references ?? []).entries()) {
    const at = ["domain", "references", index] as const;
    if (!known.has(key))
      faults.add("dataset.json", lineOf(...at), at.join("."), `expected a key of references.bib, got ${JSON.stringify(key)}`);
  }
  const values: Record<string, unknown> = {
    slug,
    name,
    usage,
    license: dataset.license,
    dataset_name: dataset.name,
    notes: dataset.notes,
    reference_keys: references === null ? [] : references,
  };
  const names = hasNames || !held.domain ? [] : ["name", "dataset_name"];
  const given = Object.fromEntries(Object.entries(values).filter(([column, value]) => value !== undefined && !names.includes(column)));
  const kept = held.domain && { ...held.domain, reference_keys: held.domain.references };
  const isKept = kept && Object.entries(given).every(([column, value]) => keyOf(value as string) === keyOf(kept[column as "name"]));
  return planOf("domain", [isKept ? null : { key: slug, pk: kept?.pk ?? null, naturalKey: [slug], values: given, links: {} }]);
}
