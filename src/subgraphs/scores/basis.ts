import type { DomainBoard } from "../../board/domain-board";
import type { Derived } from "../../board/derived";
import type { ReleaseFacts, VersionFacts } from "../../board/facts";
import type { View } from "../../board/view";
import { notFound } from "../../errors";
import { limitNumber } from "../../federation/limit-list";
import type { Standings as Findings } from "../../scoring/standings";
import { Statistics } from "./statistics";

export interface BasisOptions {
  /** Equal for equal conditions. Default: empty, for none. */
  readonly conditionsKey?: string;
  readonly asOf?: Date | null;
  readonly release?: ReleaseFacts | null;
  /** What the viewer sees today: facts of an earlier revision show no model that is not the viewer's to see today. Default: the view. */
  readonly present?: View;
}

/** What an answer's scores rest on: one domain's board, as one viewer sees it, and the findings under one set of conditions. */
export class Basis {
  private readonly statisticsByNode = new Map<number, Statistics>();
  readonly findings: Findings;
  /** Equal for equal conditions; empty for none. */
  readonly conditionsKey: string;
  readonly asOf: Date | null;
  readonly release: ReleaseFacts | null;
  private readonly versions: Int32Array;
  private readonly present: View;

  constructor(
    /** What the viewer sees of the facts that count: today's, or those of a release. */
    readonly view: View,
    readonly board: DomainBoard,
    { standings, versions }: Derived,
    { conditionsKey = "", asOf = null, release = null, present = view }: BasisOptions = {},
  ) {
    this.findings = standings;
    this.versions = versions;
    this.conditionsKey = conditionsKey;
    this.asOf = asOf;
    this.release = release;
    this.present = present;
  }

  /** The revision of the facts that count. For reading text that only the tables hold; answers name the view's. */
  get revision(): number {
    return this.view.catalog.ledger.revision;
  }

  /** The version of a leaf that counts under the conditions; null on a parent and where none does. */
  version(node: number): VersionFacts | null {
    return this.board.catalog.version(node, this.versions[node]);
  }

  /** True if the model is the viewer's to see today; a board of an earlier revision may list one as public that no longer is (§10). */
  shows(slot: number): boolean {
    return this.present === this.view || this.present.modelById(this.board.models[slot].id) !== null;
  }

  /** The slot of the model of this name that the viewer sees, the viewer's own first (§10); −1 if there is none. */
  slotOfName(name: string): number {
    const slot = this.view.modelByName(this.board, name);
    return slot >= 0 && this.present.modelById(this.board.models[slot].id) ? slot : -1;
  }

  /** The slot of a model, whichever board it was found on; −1 if this one does not have it, or not for this viewer. */
  slotOfId(id: string): number {
    const slot = this.board.modelsById.get(id) ?? -1;
    return slot >= 0 && this.view.sees(this.board.models[slot]) && this.present.modelById(id) ? slot : -1;
  }

  /** The statistics of a node, one object a basis. */
  statistics(node: number): Statistics {
    let statistics = this.statisticsByNode.get(node);
    if (!statistics) this.statisticsByNode.set(node, (statistics = new Statistics(this, node)));
    return statistics;
  }

  /** The node of a benchmark that an argument names. Throws NOT_FOUND for one that the domain does not have. */
  node(identifier: string): number {
    const node = this.board.catalog.tree.find(identifier);
    if (node < 0) throw notFound("benchmark", identifier);
    return node;
  }

  /** The node that an argument names, by default the global root; −1 in a domain without benchmarks. */
  nodeOrRoot(identifier: string | null | undefined): number {
    return identifier == null ? (this.board.catalog.tree.roots[0] ?? -1) : this.node(identifier);
  }

  /** The visible nodes of the tree in tree order, down to a depth (0: the roots). Throws if `maxDepth` is negative. */
  listed(maxDepth?: number | null): readonly number[] {
    limitNumber("maxDepth", maxDepth, { most: 1000 });
    const { depth } = this.board.catalog.tree;
    const nodes = this.findings.scope.listedAll();
    return maxDepth == null ? nodes : nodes.filter((node) => depth[node] <= maxDepth);
  }
}
