import { Scope } from "../scoring/scope";
import { Tree } from "../scoring/tree";
import type { BenchmarkFacts, DomainCatalogFacts, DomainFacts, ReferenceFacts, ReleaseFacts, VersionFacts } from "./facts";
import { groupBy } from "./group-by";
import { shortName } from "./short-name";

/** A version and the node of its leaf. */
export interface VersionPlace {
  readonly node: number;
  readonly version: VersionFacts;
}

/** One domain's benchmarks as a tree, with their versions and the references cited. Immutable; benchmarks are node numbers of `tree`. */
export class DomainCatalog {
  readonly domain: DomainFacts;
  readonly tree: Tree;
  /** By node number. */
  readonly benchmarks: readonly BenchmarkFacts[];
  readonly shortNames: readonly string[];
  /** The visible nodes in tree order: what listings show. */
  readonly visible: readonly number[];
  /** By node number, lowest number first; empty on a parent. */
  readonly versions: readonly (readonly VersionFacts[])[];
  readonly nodesById: ReadonlyMap<string, number>;
  readonly versionsByPk: ReadonlyMap<number, VersionPlace>;
  readonly versionsById: ReadonlyMap<string, VersionPlace>;
  /** By node number: the current version's number now (§8: the highest registered one), 0 where there is none. */
  readonly currentVersions: Int32Array;
  /** The tree of §3 now and without conditions. */
  readonly scope: Scope;
  readonly referencesByPk: ReadonlyMap<number, ReferenceFacts>;
  readonly referencesById: ReadonlyMap<string, ReferenceFacts>;
  /** The oldest first. */
  readonly releases: readonly ReleaseFacts[];
  private readonly citedPks: ReadonlySet<number | null>;

  /** `before`: the catalog of earlier facts of the domain, whose tree and scope are taken over where they are still the same. */
  constructor(
    readonly facts: DomainCatalogFacts,
    before?: DomainCatalog,
  ) {
    const { domain, benchmarks, versions, references, releases } = facts;
    this.domain = domain;
    this.tree = before && isSameTree(before.facts.benchmarks, benchmarks) ? before.tree : treeOf(benchmarks);
    this.benchmarks = Array.from(this.tree.source, (index) => benchmarks[index]);
    this.shortNames = this.benchmarks.map(({ identifier }) => shortName(identifier));

    this.visible = [...this.benchmarks.keys()].filter((node) => this.tree.isVisible[node]);

    const ofBenchmark = groupBy(versions, ({ benchmarkPk }) => benchmarkPk);
    this.versions = this.benchmarks.map(({ pk }) => ofBenchmark.get(pk) ?? []);
    const places = this.versions.flatMap((numbered, node) => numbered.map((version) => ({ node, version })));
    this.nodesById = new Map(this.benchmarks.map(({ id }, node) => [id, node]));
    this.versionsByPk = new Map(places.map((place) => [place.version.pk, place]));
    this.versionsById = new Map(places.map((place) => [place.version.id, place]));
    const currentVersions = Int32Array.from(this.versions, (numbered) => numbered.at(-1)?.number ?? 0);
    const isSameScope = before?.tree === this.tree && currentVersions.every((number, node) => number === before.currentVersions[node]);
    this.currentVersions = isSameScope ? before.currentVersions : currentVersions;
    this.scope = isSameScope
      ? before.scope
      : new Scope(
          this.tree,
          Uint8Array.from(currentVersions, (number) => (number > 0 ? 1 : 0)),
        );

    this.referencesByPk = new Map(references.map((reference) => [reference.pk, reference]));
    this.referencesById = new Map(references.map((reference) => [reference.id, reference]));
    this.releases = releases;
    const keys = new Set(domain.referenceKeys);
    this.citedPks = new Set([
      ...benchmarks.map(({ referencePk }) => referencePk),
      ...references.filter(({ key, registrantPk }) => registrantPk === null && keys.has(key)).map(({ pk }) => pk),
    ]);
  }

  /** The children in listings: visible ones, and in the place of an invisible one its visible descendants (§3). */
  listedChildren(node: number): readonly number[] {
    const { end, isVisible, visibleParent } = this.tree;
    const parent = isVisible[node] ? node : visibleParent[node];
    return this.visible.filter((other) => other > node && other < end[node] && visibleParent[other] === parent);
  }

  /** The version of a leaf with this number, if there is one. */
  version(node: number, number: number): VersionFacts | null {
    return this.versions[node].find((version) => version.number === number) ?? null;
  }

  currentVersion(node: number): VersionFacts | null {
    return this.versions[node].at(-1) ?? null;
  }

  reference(node: number): ReferenceFacts | null {
    const { referencePk } = this.benchmarks[node];
    return referencePk === null ? null : this.referencesByPk.get(referencePk)!;
  }

  /** The works that the domain itself asks to cite, in its order. */
  get ownReferences(): readonly ReferenceFacts[] {
    const imported = [...this.referencesById.values()].filter(({ registrantPk }) => registrantPk === null);
    const byKey = new Map(imported.map((reference) => [reference.key, reference]));
    return this.domain.referenceKeys.flatMap((key) => byKey.get(key) ?? []);
  }

  /** True if the domain itself or one of its benchmarks cites the reference. */
  cites({ pk }: ReferenceFacts): boolean {
    return this.citedPks.has(pk);
  }

  /** What the nodes cite, in the order of the nodes, each work once. */
  citedBy(nodes: Iterable<number>): ReferenceFacts[] {
    const works = new Map<string, ReferenceFacts>();
    for (const node of nodes) {
      const reference = this.reference(node);
      if (reference && !works.has(reference.work)) works.set(reference.work, reference);
    }
    return [...works.values()];
  }
}

function treeOf(benchmarks: readonly BenchmarkFacts[]): Tree {
  const byPk = new Map(benchmarks.map((benchmark) => [benchmark.pk, benchmark]));
  const identifierOf = (pk: number | null) => (pk === null ? null : byPk.get(pk)!.identifier);
  return new Tree(benchmarks.map((benchmark) => ({ ...benchmark, parent: identifierOf(benchmark.parentPk) })));
}

/** What a tree is made of, and the order of its sources. */
const TREE_FACTS = ["pk", "identifier", "parentPk", "order", "isVisible", "isRaw", "rankDecimals", "rootPosition"] as const;

const isSameTree = (before: readonly BenchmarkFacts[], after: readonly BenchmarkFacts[]): boolean =>
  before.length === after.length &&
  before.every((benchmark, index) => benchmark === after[index] || TREE_FACTS.every((fact) => benchmark[fact] === after[index][fact]));
