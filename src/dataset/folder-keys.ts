import { letters } from "../subgraphs/citations/distinguish-keys";
import { replaceKey } from "../subgraphs/citations/replace-key";
import { type Held, type KeptReference } from "./held";

/**
 * What the database holds with keys that are unique, as in a folder: there a key is of one reference, while accounts may register
 * the same one (§10; see `whose-reference.ts`). A reference that an account registered gives way to others of the same work; of different
 * works under one key the later get a, b, …. `known`: keys by internal key that are settled. `taken`: further ones that are not free.
 */
export function withFolderKeys(held: Held, known: ReadonlyMap<number, string> = new Map(), taken: Iterable<string> = []): Held {
  const references = [...held.references].sort((a, b) => rank(a, known) - rank(b, known));
  const used = new Set([...known.values(), ...taken]);
  const works = new Map<string, string>();
  const keys = new Map<number, string>();
  const kept: KeptReference[] = [];
  for (const reference of references) {
    const { pk, key: stored, work, isRegistered } = reference;
    const same = isRegistered ? works.get(work) : undefined;
    const key = known.get(pk) ?? same ?? freeKey(stored, used);
    keys.set(pk, key);
    used.add(key);
    if (!works.has(work)) works.set(work, key);
    if (known.has(pk) || same === undefined)
      kept.push(key === stored ? reference : { ...reference, key, bibtex: replaceKey(reference.bibtex, key) });
  }
  const named = <T extends { readonly referencePk: number | null }>(row: T): T =>
    row.referencePk === null ? row : { ...row, reference: keys.get(row.referencePk) };
  return {
    ...held,
    references: kept.sort((a, b) => a.position - b.position),
    benchmarks: held.benchmarks.map(named),
    models: held.models.map(named),
  };
}

/** Those whose key is settled, then those that everybody sees, then the rest; imported ones before registered ones. */
const rank = ({ pk, isSeenByAll, isRegistered }: KeptReference, known: ReadonlyMap<number, string>): number =>
  known.has(pk) ? 0 : (isSeenByAll ? 1 : 3) + Number(isRegistered);

/** The key or, if it is used, the key with the first letters behind it that are free. */
function freeKey(key: string, used: ReadonlySet<string>): string {
  let free = key;
  for (let number = 0; used.has(free); number++) free = key + letters(number);
  return free;
}
