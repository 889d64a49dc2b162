import { groupBy } from "../board/group-by";
import { type BibtexEntry } from "../subgraphs/citations/bibtex-entry";
import { identifyWork } from "../subgraphs/citations/identify-work";
import { parseReference, type ParsedReference } from "../subgraphs/citations/parse-reference";
import { withFolderKeys } from "./folder-keys";
import { type Held, type KeptReference } from "./held";
import { planOf, type Change, type Merge, type Plan } from "./merge";
import { REFERENCES } from "./read-references";

/** The references after the merge. */
export interface MergedReferences {
  readonly plan: Plan;
  /** What the database holds, each reference under the key that the folder knows it by. */
  readonly held: Held;
}

/** The references: a new one stands after those that the database has. Keys are unique in the folder, DOIs among what is imported. */
export function mergeReferences(merge: Merge): MergedReferences {
  const { folder, held, faults } = merge;
  const { dataset } = folder;
  const given = withoutRepeats(merge).map((entry): GivenReference => {
    const parsed = parseReference(entry);
    return { entry, row: { ...parsed, work: identifyWork(parsed) } };
  });
  const shown = new Map(withFolderKeys(held).references.map((reference) => [reference.pk, reference]));
  const matches = matchReferences(given, held.references, shown);
  const known = new Map([...matches].map(([{ entry }, { pk }]) => [pk, entry.key]));

  const imported = held.references.filter(({ pk, isRegistered }) => !isRegistered && !known.has(pk));
  const dois = new Map(imported.flatMap(({ key, doi }) => (doi === null ? [] : [[doi, `reference ${key} of the database`]])));
  let position = Math.max(0, ...held.references.map((reference) => reference.position));
  const cited = new Set(dataset.domain.references ?? []);
  const changes = given.map((reference): Change | null => {
    const { entry, row } = reference;
    const rival = row.doi === null ? undefined : dois.get(row.doi);
    if (rival !== undefined) faults.add(REFERENCES, entry.line, "doi", `the same DOI as ${rival}: ${row.doi}`);
    if (row.doi !== null) dois.set(row.doi, `line ${entry.line}`);
    const own = matches.get(reference);
    const now = own && (shown.get(own.pk) ?? own);
    // What the domain itself cites is nobody's in particular.
    const isFreed = own?.isRegistered && cited.has(entry.key);
    if (now?.key === entry.key && now.bibtex === entry.text && !isFreed) return null;
    return {
      key: entry.key,
      pk: own?.pk ?? null,
      naturalKey: [dataset.domain.slug, entry.key],
      values: { ...row, position: own?.position ?? ++position, ...(isFreed ? { registrant_pk: null } : {}) },
      links: { domain_pk: dataset.domain.slug },
    };
  });
  const after = withFolderKeys(
    held,
    known,
    given.map(({ entry }) => entry.key),
  );
  return { plan: planOf("reference", changes), held: after };
}

/** An entry of the folder, and what it says. */
interface GivenReference {
  readonly entry: BibtexEntry;
  readonly row: ParsedReference & { readonly work: string };
}

/** The entries, of those with one key the first; the others are at fault. */
function withoutRepeats({ folder: { entries }, faults }: Merge): readonly BibtexEntry[] {
  const lines = new Map<string, number>();
  return entries.filter(({ key, line }) => {
    const earlier = lines.get(key);
    if (earlier === undefined) lines.set(key, line);
    else faults.add(REFERENCES, line, "key", `the same key as line ${earlier}: ${key}`);
    return earlier === undefined;
  });
}

/**
 * Which reference of the database each entry means: the one of its key and work; else, its text being another one now, the imported one of its
 * key, or the registered one that everybody sees. What only its registrant sees is never overwritten.
 */
function matchReferences(
  given: readonly GivenReference[],
  held: readonly KeptReference[],
  shown: ReadonlyMap<number, KeptReference>,
): Map<GivenReference, KeptReference> {
  const imported = held.filter(({ isRegistered }) => !isRegistered);
  const registered = held.filter(({ isRegistered }) => isRegistered).sort((a, b) => Number(b.isSeenByAll) - Number(a.isSeenByAll));
  const byKey = groupBy([...imported, ...registered], ({ key }) => key);
  const byShownKey = groupBy([...shown.values()], ({ key }) => key);
  const free = new Map(held.map((reference) => [reference.pk, reference]));
  const matches = new Map<GivenReference, KeptReference>();
  const match = (reference: GivenReference, candidates: readonly KeptReference[]): void => {
    const found = candidates.find(({ pk }) => free.has(pk));
    if (!found || matches.has(reference)) return;
    matches.set(reference, free.get(found.pk)!);
    free.delete(found.pk);
  };
  const candidatesOf = ({ entry: { key } }: GivenReference) => [...(byKey.get(key) ?? []), ...(byShownKey.get(key) ?? [])];
  for (const reference of given)
    match(
      reference,
      candidatesOf(reference).filter(({ work }) => work === reference.row.work),
    );
  for (const reference of given)
    match(
      reference,
      (byKey.get(reference.entry.key) ?? []).filter(({ isRegistered, isSeenByAll }) => !isRegistered || isSeenByAll),
    );
  return matches;
}
