import { invariant } from "../errors";
import { compareCodePoints } from "./compare-code-points";
import { EXACT } from "./rounding";

/** A benchmark as the tree needs it. */
export interface TreeNode {
  readonly identifier: string;
  /** The parent's identifier; null for a root. */
  readonly parent: string | null;
  /** Place among its siblings; equal ones go by identifier. */
  readonly order: number;
  readonly isVisible: boolean;
  /** Whether raw scores count below it (§2). Read of roots only. */
  readonly isRaw: boolean;
  /** Place among the roots, 0 for the global root; null unless a root. */
  readonly rootPosition: number | null;
  /** Decimals that ranks compare by, 0 to 9; null compares exactly (§5). */
  readonly rankDecimals: number | null;
}

/**
 * Every benchmark of a domain, visible or not, numbered in tree order (§3): pre-order, roots by position, siblings by order and
 * then identifier by code point. So a subtree is the range [n, end[n]), parents come before children, and one loop backwards
 * visits children first. Every array has one entry a node.
 */
export class Tree {
  readonly size: number;
  readonly identifiers: readonly string[];
  /** The node's index among the nodes that the tree was made from. */
  readonly source: Int32Array;
  /** −1 for a root. */
  readonly parent: Int32Array;
  /** One past the node's subtree. */
  readonly end: Int32Array;
  /** 1 where the node has no children at all. */
  readonly isLeaf: Uint8Array;
  readonly isVisible: Uint8Array;
  /** 1 where the node's root is raw. */
  readonly isRaw: Uint8Array;
  /** 0 to 9, or EXACT. */
  readonly rankDecimals: Int8Array;
  /** The global root first. */
  readonly roots: readonly number[];
  /** The nearest visible ancestor, −1 if there is none: the parent in listings. */
  readonly visibleParent: Int32Array;
  /** The number of visible ancestors: the depth in listings. */
  readonly depth: Int32Array;
  readonly #children: readonly (readonly number[])[];
  readonly #root: Int32Array;
  readonly #nodes: ReadonlyMap<string, number>;

  /** Throws if two nodes have one identifier, a parent is unknown, or parents go in a circle. */
  constructor(nodes: readonly TreeNode[]) {
    const size = nodes.length;
    const { order, parents } = preOrder(nodes);
    const position = new Int32Array(size);
    order.forEach((source, node) => (position[source] = node));
    const children: number[][] = Array.from(order, () => []);
    const roots: number[] = [];
    this.size = size;
    this.identifiers = Array.from(order, (source) => nodes[source].identifier);
    this.source = order;
    this.parent = new Int32Array(size);
    this.end = new Int32Array(size);
    this.isLeaf = new Uint8Array(size);
    this.isVisible = new Uint8Array(size);
    this.isRaw = new Uint8Array(size);
    this.rankDecimals = new Int8Array(size);
    this.visibleParent = new Int32Array(size);
    this.depth = new Int32Array(size);
    this.#root = new Int32Array(size);
    for (let node = 0; node < size; node++) {
      const { isVisible, isRaw, rankDecimals } = nodes[order[node]];
      const parent = parents[order[node]] < 0 ? -1 : position[parents[order[node]]];
      (parent < 0 ? roots : children[parent]).push(node);
      this.parent[node] = parent;
      this.isVisible[node] = Number(isVisible);
      this.rankDecimals[node] = rankDecimals ?? EXACT;
      this.#root[node] = parent < 0 ? node : this.#root[parent];
      this.isRaw[node] = parent < 0 ? Number(isRaw) : this.isRaw[parent];
      this.visibleParent[node] = parent < 0 || this.isVisible[parent] ? parent : this.visibleParent[parent];
      this.depth[node] = this.visibleParent[node] < 0 ? 0 : this.depth[this.visibleParent[node]] + 1;
    }
    for (let node = size - 1; node >= 0; node--) {
      this.isLeaf[node] = Number(children[node].length === 0);
      this.end[node] = this.isLeaf[node] ? node + 1 : this.end[children[node].at(-1)!];
    }
    this.roots = roots;
    this.#children = children;
    this.#nodes = new Map(this.identifiers.map((identifier, node) => [identifier, node]));
  }

  /** The node of an identifier, −1 if it is unknown. */
  find(identifier: string): number {
    return this.#nodes.get(identifier) ?? -1;
  }

  rootOf(node: number): number {
    return this.#root[node];
  }

  /** The true children, visible or not, in tree order. */
  children(node: number): readonly number[] {
    return this.#children[node];
  }
}

/** The indices of `nodes` in tree order, and the index of each one's parent (−1 for a root). */
function preOrder(nodes: readonly TreeNode[]): { order: Int32Array<ArrayBuffer>; parents: Int32Array } {
  const index = new Map(nodes.map(({ identifier }, i) => [identifier, i]));
  invariant(index.size === nodes.length, "two benchmarks of one domain have the same identifier");
  const children: number[][] = nodes.map(() => []);
  const roots: number[] = [];
  const parents = Int32Array.from(nodes, ({ identifier, parent }, i) => {
    const at = parent === null ? -1 : index.get(parent);
    invariant(at !== undefined, `the parent ${parent} of ${identifier} is unknown`);
    (at < 0 ? roots : children[at]).push(i);
    return at;
  });
  const byName = (a: number, b: number): number => compareCodePoints(nodes[a].identifier, nodes[b].identifier);
  const rootPlace = (i: number): number => nodes[i].rootPosition ?? Number.MAX_SAFE_INTEGER;
  roots.sort((a, b) => rootPlace(a) - rootPlace(b) || byName(a, b));
  for (const siblings of children) siblings.sort((a, b) => nodes[a].order - nodes[b].order || byName(a, b));
  const order = new Int32Array(nodes.length);
  const stack = roots.reverse();
  let count = 0;
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    order[count++] = i;
    for (let c = children[i].length - 1; c >= 0; c--) stack.push(children[i][c]);
  }
  invariant(count === nodes.length, "the parents of some benchmarks go in a circle");
  return { order, parents };
}
