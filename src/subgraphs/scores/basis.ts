import type { DomainBoard } from "../../board/domain-board";
import type { View } from "../../board/view";
import { notFound } from "../../errors";
import { limitNumber } from "../../federation/limit-list";
import type { Standings as Findings } from "../../scoring/standings";
import { Statistics } from "./statistics";

/** What an answer's scores rest on: one domain's board, as one viewer sees it, and the findings under one set of conditions. */
export class Basis {
  private readonly statisticsByNode = new Map<number, Statistics>();

  constructor(
    readonly view: View,
    readonly board: DomainBoard,
    readonly findings: Findings,
  ) {}

  /** The statistics of a node, one object a basis. */
  statistics(node: number): Statistics {
    let statistics = this.statisticsByNode.get(node);
    if (!statistics) this.statisticsByNode.set(node, (statistics = new Statistics(this.board, this.findings, node)));
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

const kept = new WeakMap<View, Map<DomainBoard, Basis>>();

/** The basis of answers about a domain now, one a request. */
export function basisOf(view: View, board: DomainBoard): Basis {
  let bases = kept.get(view);
  if (!bases) kept.set(view, (bases = new Map()));
  let basis = bases.get(board);
  if (!basis) bases.set(board, (basis = new Basis(view, board, board.standings())));
  return basis;
}
