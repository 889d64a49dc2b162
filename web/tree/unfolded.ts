import type { Listed, Placed } from "./tree";

/** The nodes to be seen, in tree order: roots, and the children of each node that is open. */
export function unfolded<Node extends Listed>(roots: readonly Placed<Node>[], isOpen: (identifier: string) => boolean): Placed<Node>[] {
  return roots.flatMap((node) => [node, ...(isOpen(node.identifier) ? unfolded(node.children, isOpen) : [])]);
}
