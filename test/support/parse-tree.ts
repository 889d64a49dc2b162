/** One node of a tree as a test draws it. */
export interface DrawnNode {
  readonly identifier: string;
  readonly parent: string | null;
  /** 0 for roots. */
  readonly depth: number;
  /** Place among its siblings, or among the roots. */
  readonly place: number;
  readonly isVisible: boolean;
  readonly isRaw: boolean;
  readonly rankDecimals: number | null;
  readonly reference: string | null;
  /** Of a leaf: [1] unless drawn otherwise. */
  readonly versions: readonly number[];
}

/**
 * Reads a drawn tree: a node a line, two spaces deeper than its parent, marks behind it with commas between them:
 *
 *     average_vision    decimals 2
 *       V1
 *         leaf-a        versions 1 2, reference Marques2020
 *         leaf-b        invisible, exact
 *         leaf-c        no versions
 *     engineering       raw
 */
export function parseTree(drawing: string): DrawnNode[] {
  const lines = drawing.split("\n").filter((line) => line.trim() !== "");
  const margin = indentOf(lines[0]);
  const path: string[] = [];
  const places = new Map<string | null, number>();
  const nodes = lines.map((line) => {
    const depth = (indentOf(line) - margin) / 2;
    const [identifier, ...rest] = line.trim().split(/\s+/);
    if (!Number.isInteger(depth) || depth < 0 || depth > path.length) throw new Error(`The indentation of ${identifier} is not right.`);
    path.splice(depth, Infinity, identifier);
    const parent = depth === 0 ? null : path[depth - 1];
    const place = places.get(parent) ?? 0;
    places.set(parent, place + 1);
    return { identifier, parent, depth, place, ...marksOf(rest.join(" "), identifier) };
  });
  const parents = new Set(nodes.map(({ parent }) => parent));
  return nodes.map((node) => (parents.has(node.identifier) ? { ...node, versions: [] } : node));
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function marksOf(text: string, identifier: string): Pick<DrawnNode, "isVisible" | "isRaw" | "rankDecimals" | "reference" | "versions"> {
  const marks = { isVisible: true, isRaw: false, rankDecimals: 3 as number | null, reference: null as string | null, versions: [1] };
  for (const mark of text.split(",").map((part) => part.trim())) {
    const [word, ...values] = mark.split(" ");
    if (word === "") continue;
    else if (word === "invisible") marks.isVisible = false;
    else if (word === "raw") marks.isRaw = true;
    else if (word === "exact") marks.rankDecimals = null;
    else if (word === "decimals") marks.rankDecimals = Number(values[0]);
    else if (word === "reference") marks.reference = values[0];
    else if (word === "versions") marks.versions = values.map(Number);
    else if (mark === "no versions") marks.versions = [];
    else throw new Error(`The mark ${JSON.stringify(mark)} of ${identifier} means nothing.`);
  }
  return marks;
}
