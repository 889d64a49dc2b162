import type { Listed, Placed } from "./tree";

/** The nodes to open at first: the upper ones of the first tree, as long as not more than `most` nodes are to be seen. */
export function openAtFirst<Node extends Listed>(roots: readonly Placed<Node>[], most: number): ReadonlySet<string> {
  const open = new Set<string>();
  let seen = roots.length;
  for (const queue = roots.slice(0, 1); queue.length > 0;) {
    const node = queue.shift()!;
    if (node.children.length === 0 || seen + node.children.length > most) continue;
    open.add(node.identifier);
    seen += node.children.length;
    queue.push(...node.children);
  }
  return open;
}
