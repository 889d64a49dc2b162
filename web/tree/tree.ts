/** What the API tells of a node of a tree under conditions, as far as the tree itself goes. */
export interface Listed {
  readonly benchmark: { readonly identifier: string };
  readonly parent: { readonly identifier: string } | null;
}

/** A node with its place. */
export type Placed<Node extends Listed> = Node & {
  readonly identifier: string;
  readonly children: readonly Placed<Node>[];
  /** Identifiers of the nodes above, the root first. */
  readonly above: readonly string[];
};

export interface Tree<Node extends Listed> {
  readonly roots: readonly Placed<Node>[];
  readonly byIdentifier: ReadonlyMap<string, Placed<Node>>;
}

/** Makes a tree of nodes in tree order. A node whose parent is not listed is a root. */
export function buildTree<Node extends Listed>(nodes: readonly Node[]): Tree<Node> {
  const roots: Placed<Node>[] = [];
  const byIdentifier = new Map<string, Placed<Node>>();
  for (const node of nodes) {
    const { identifier } = node.benchmark;
    const parent = node.parent && byIdentifier.get(node.parent.identifier);
    const placed = { ...node, identifier, children: [], above: parent ? [...parent.above, parent.identifier] : [] };
    ((parent ? parent.children : roots) as Placed<Node>[]).push(placed);
    byIdentifier.set(identifier, placed);
  }
  return { roots, byIdentifier };
}
