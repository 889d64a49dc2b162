import { identifyWork } from "../subgraphs/citations/identify-work";
import { parseReference } from "../subgraphs/citations/parse-reference";
import { planOf, type Change, type Merge, type Plan } from "./merge";
import { REFERENCES } from "./read-references";

/** The references: a new one stands after those that the database has. Keys and DOIs are unique in the domain. */
export function mergeReferences({ folder: { dataset, entries }, held, faults }: Merge): Plan {
  const kept = new Map(held.references.map((reference) => [reference.key, reference]));
  const mentioned = new Set(entries.map(({ key }) => key));
  const keys = new Map<string, number>();
  const dois = new Map(
    held.references.flatMap(({ key, doi }) => (doi === null || mentioned.has(key) ? [] : [[doi, `reference ${key} of the database`]])),
  );
  let position = Math.max(0, ...held.references.map((reference) => reference.position));
  const changes = entries.map((entry): Change | null => {
    const earlier = keys.get(entry.key);
    if (earlier !== undefined) {
      faults.add(REFERENCES, entry.line, "key", `the same key as line ${earlier}: ${entry.key}`);
      return null;
    }
    keys.set(entry.key, entry.line);
    const { doi, ...parsed } = parseReference(entry);
    const owner = doi === null ? undefined : dois.get(doi);
    if (owner !== undefined) faults.add(REFERENCES, entry.line, "doi", `the same DOI as ${owner}: ${doi}`);
    if (doi !== null) dois.set(doi, `line ${entry.line}`);
    const own = kept.get(entry.key);
    if (own?.bibtex === entry.text) return null;
    return {
      key: entry.key,
      pk: own?.pk ?? null,
      naturalKey: [dataset.domain.slug, entry.key],
      values: {
        ...parsed,
        doi,
        work: identifyWork({ doi, csl: parsed.csl }),
        key: entry.key,
        position: own?.position ?? ++position,
      },
      links: { domain_pk: dataset.domain.slug },
    };
  });
  return planOf("reference", changes);
}
