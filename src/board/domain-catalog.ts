import { Scope } from "../scoring/scope";
import { Tree } from "../scoring/tree";
import type { BenchmarkFacts, DomainCatalogFacts, DomainFacts, ReferenceFacts, ReleaseFacts, VersionFacts } from "./facts";
import { groupBy } from "./group-by";
import { shortName } from "./short-name";

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
  /** By node number: the current version's number now (§8: the highest registered one), 0 where there is none. */
  readonly currentVersions: Int32Array;
  /** The tree of §3 now and without conditions. */
  readonly scope: Scope;
  readonly referencesByPk: ReadonlyMap<number, ReferenceFacts>;
  readonly referencesById: ReadonlyMap<string, ReferenceFacts>;
  /** The oldest first. */
  readonly releases: readonly ReleaseFacts[];
  private readonly citedPks: ReadonlySet<number | null>;

  constructor({ domain, benchmarks, versions, references, releases }: DomainCatalogFacts) {
    const byPk = new Map(benchmarks.map((benchmark) => [benchmark.pk, benchmark]));
    const identifierOf = (pk: number | null) => (pk === null ? null : byPk.get(pk)!.identifier);
    this.domain = domain;
    this.tree = new Tree(benchmarks.map((benchmark) => ({ ...benchmark, parent: identifierOf(benchmark.parentPk) })));
    this.benchmarks = Array.from(this.tree.source, (index) => benchmarks[index]);
    this.shortNames = this.benchmarks.map(({ identifier }) => shortName(identifier));

    this.visible = [...this.benchmarks.keys()].filter((node) => this.tree.isVisible[node]);

    const versionsByPk = groupBy(versions, ({ benchmarkPk }) => benchmarkPk);
    this.versions = this.benchmarks.map(({ pk }) => versionsByPk.get(pk) ?? []);
    this.currentVersions = Int32Array.from(this.versions, (numbered) => numbered.at(-1)?.number ?? 0);
    this.scope = new Scope(
      this.tree,
      Uint8Array.from(this.currentVersions, (number) => (number > 0 ? 1 : 0)),
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
