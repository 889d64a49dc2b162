import { invariant } from "../errors";
import { type Tree } from "./tree";

/**
 * The tree of §3 under conditions: the counting leaves and their ancestors. A leaf counts if `counts` says so, it is visible, and
 * neither it nor an ancestor has weight 0. Every array has one entry a node of the whole tree.
 */
export class Scope {
  /** 1 where the node is in the tree; elsewhere there are no cells. */
  readonly inTree: Uint8Array;
  /** The number of counting leaves at or below the node; 0 outside the tree. */
  readonly leafCount: Int32Array;
  /** Of the node among its siblings. */
  readonly weights: Float64Array;
  readonly #children: readonly (readonly number[])[];
  /** The counting leaves in tree order, and how many of them stand before each node (one entry more than nodes). */
  readonly #leaves: readonly number[];
  readonly #leavesBefore: Int32Array;
  #listed: { readonly below: readonly (readonly number[])[]; readonly top: readonly number[] } | null = null;

  /**
   * `counts`: per node, 1 for a leaf that has a current version under the conditions and matches them; parents are not looked at.
   * `weights`: per node, ≥ 0, default 1 each. Visibility and weights of 0 are applied here.
   */
  constructor(
    readonly tree: Tree,
    counts: Uint8Array,
    weights: Float64Array = new Float64Array(tree.size).fill(1),
  ) {
    const { size, parent, isLeaf, isVisible } = tree;
    invariant(counts.length === size && weights.length === size, "a scope needs one entry a node");
    const open = new Uint8Array(size);
    const leaves: number[] = [];
    const children: number[][] = [];
    this.weights = weights;
    this.leafCount = new Int32Array(size);
    this.inTree = new Uint8Array(size);
    this.#leavesBefore = new Int32Array(size + 1);
    for (let node = 0; node < size; node++) {
      open[node] = Number(weights[node] > 0 && (parent[node] < 0 || open[parent[node]] === 1));
      children.push([]);
      this.#leavesBefore[node] = leaves.length;
      if (!isLeaf[node] || !counts[node] || !isVisible[node] || !open[node]) continue;
      leaves.push(node);
      this.leafCount[node] = 1;
    }
    this.#leavesBefore[size] = leaves.length;
    for (let node = size - 1; node >= 0; node--) {
      if (this.leafCount[node] === 0) continue;
      this.inTree[node] = 1;
      if (parent[node] >= 0) this.leafCount[parent[node]] += this.leafCount[node];
    }
    for (let node = 0; node < size; node++) if (this.inTree[node] && parent[node] >= 0) children[parent[node]].push(node);
    this.#children = children;
    this.#leaves = leaves;
  }

  /** The children in the tree, visible or not, in tree order: these are averaged. */
  children(node: number): readonly number[] {
    return this.#children[node];
  }

  /** The children in listings: visible, and in the place of an invisible one its visible descendants. Of null: the top level. */
  listed(node: number | null): readonly number[] {
    this.#listed ??= this.#list();
    return node === null ? this.#listed.top : this.#listed.below[node];
  }

  /** The visible nodes in the tree, in tree order. */
  listedAll(): readonly number[] {
    const nodes: number[] = [];
    for (let node = 0; node < this.tree.size; node++) if (this.inTree[node] && this.tree.isVisible[node]) nodes.push(node);
    return nodes;
  }

  /** The counting leaves at or below the node, in tree order. */
  leaves(node: number): readonly number[] {
    return this.#leaves.slice(this.#leavesBefore[node], this.#leavesBefore[this.tree.end[node]]);
  }

  #list(): { below: number[][]; top: number[] } {
    const { size, end, visibleParent, isVisible } = this.tree;
    const below: number[][] = Array.from({ length: size }, () => []);
    const top: number[] = [];
    const listed = this.listedAll();
    for (const node of listed) (visibleParent[node] < 0 ? top : below[visibleParent[node]]).push(node);
    for (let node = 0; node < size; node++) {
      if (isVisible[node]) continue;
      const siblings = visibleParent[node] < 0 ? top : below[visibleParent[node]];
      below[node] = siblings.filter((other) => other > node && other < end[node]);
    }
    return { below, top };
  }
}
