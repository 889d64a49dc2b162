import type { Listed, Placed } from "./tree";

/** The nodes to open at first: the first root and its children, as long as not more than `most` nodes are to be seen. */
export function openAtFirst<Node extends Listed>(roots: readonly Placed<Node>[], most: number): ReadonlySet<string> {
  const open = new Set<string>();
  let seen = roots.length;
  for (const node of roots.slice(0, 1).flatMap((root) => [root, ...root.children])) {
    if (node.children.length === 0 || seen + node.children.length > most) continue;
    open.add(node.identifier);
    seen += node.children.length;
  }
  return open;
}
