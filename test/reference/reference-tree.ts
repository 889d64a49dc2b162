import { type World, type WorldBenchmark, type WorldObservation } from "./world";

/** Negative, 0 or positive as the code points of `a` come before, with or after those of `b`. */
export function byCodePoint(a: string, b: string): number {
  const x = [...a].map((character) => character.codePointAt(0)!);
  const y = [...b].map((character) => character.codePointAt(0)!);
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i] - y[i];
  return x.length - y.length;
}

/** §8: what had ended by the instant asked about, of public models, retractions aside. */
export function measuredBy({ observations, models, asOf }: World): WorldObservation[] {
  const isPublic = (name: string): boolean => models.some((m) => m.name === name && m.isPublic);
  return observations.filter((o) => !o.retracted && isPublic(o.model) && o.endedAt !== null && (asOf === null || o.endedAt <= asOf));
}

/** §7: the models that ranks and statistics count. */
export function referencePopulation(world: World): string[] {
  const { models, among, asOf } = world;
  const everybody = models.filter((m) => m.isPublic).map((m) => m.name);
  const measured = everybody.filter((name) => asOf === null || measuredBy(world).some((o) => o.model === name));
  return measured.filter((name) => among === null || among.includes(name));
}

/** §3, the tree: written from the words of the rules, with lists and searches. */
export function referenceTree(world: World) {
  const benchmark = (identifier: string): WorldBenchmark => world.benchmarks.find((b) => b.identifier === identifier)!;
  const childrenOf = (parent: string): string[] =>
    world.benchmarks
      .filter((b) => b.parent === parent)
      .sort((a, b) => a.order - b.order || byCodePoint(a.identifier, b.identifier))
      .map((b) => b.identifier);
  const roots = world.benchmarks
    .filter((b) => b.parent === null)
    .sort((a, b) => a.rootPosition! - b.rootPosition!)
    .map((b) => b.identifier);
  const withDescendants = (identifier: string): string[] => [identifier, ...childrenOf(identifier).flatMap(withDescendants)];
  /** The nearest first. */
  const ancestors = (identifier: string): string[] => {
    const parent = benchmark(identifier).parent;
    return parent === null ? [] : [parent, ...ancestors(parent)];
  };
  const weight = (identifier: string): number => world.weights[identifier] ?? 1;
  const isLeaf = (identifier: string): boolean => childrenOf(identifier).length === 0;
  /** §8: now, the highest registered; as of an instant, the highest registered that somebody public had been run on. */
  const currentVersion = (identifier: string): number => {
    const registered = world.versions.filter((v) => v.benchmark === identifier).map((v) => v.number);
    const had = measuredBy(world).filter((o) => o.benchmark === identifier);
    const begun = registered.filter((number) => world.asOf === null || had.some((o) => o.version === number));
    return Math.max(0, ...begun);
  };

  const counts = (identifier: string): boolean =>
    isLeaf(identifier) &&
    benchmark(identifier).isVisible &&
    currentVersion(identifier) > 0 &&
    (world.only === null || world.only.includes(identifier)) &&
    [identifier, ...ancestors(identifier)].every((b) => weight(b) !== 0);
  const leaves = (identifier: string): string[] => withDescendants(identifier).filter(counts);
  const isInTree = (identifier: string): boolean => leaves(identifier).length > 0;
  const isListed = (identifier: string): boolean => isInTree(identifier) && benchmark(identifier).isVisible;
  const listedIn = (identifiers: readonly string[]): string[] =>
    identifiers.flatMap((identifier) =>
      !isInTree(identifier) ? [] : isListed(identifier) ? [identifier] : listedIn(childrenOf(identifier)),
    );
  const visibleAncestors = (identifier: string): string[] => ancestors(identifier).filter((b) => benchmark(b).isVisible);

  return {
    treeOrder: roots.flatMap(withDescendants),
    isLeaf,
    isInTree,
    weight,
    leaves,
    currentVersion,
    isRaw: (identifier: string): boolean => benchmark([identifier, ...ancestors(identifier)].at(-1)!).isRaw,
    rankDecimals: (identifier: string): number | null => benchmark(identifier).rankDecimals,
    childrenInTree: (identifier: string): string[] => childrenOf(identifier).filter(isInTree),
    listed: (identifier: string | null): string[] => listedIn(identifier === null ? roots : childrenOf(identifier)),
    listedParent: (identifier: string): string | null => visibleAncestors(identifier)[0] ?? null,
    depth: (identifier: string): number => visibleAncestors(identifier).length,
  };
}

export type ReferenceTree = ReturnType<typeof referenceTree>;
