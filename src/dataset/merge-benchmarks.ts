import { quote } from "./faults";
import { type KeptBenchmark } from "./held";
import { differs, planOf, refuseRepeats, valuesOf, type Change, type Merge, type Plan } from "./merge";

const FILE = "benchmarks.csv";

/** A node after the merge, and the line that speaks of it: null if only the database does. */
interface MergedNode {
  readonly parent: string | null;
  readonly root: number | null;
  readonly isRaw: boolean;
  readonly line: number | null;
}

/** The tree after the merge. */
export interface MergedTree {
  readonly plan: Plan;
  readonly nodes: ReadonlyMap<string, MergedNode>;
  /** Nodes that have children. */
  readonly parents: ReadonlySet<string>;
}

/** The nodes of the tree and its roots. Trees stay trees: parents are known, no node stands below itself, what has no parent is a root. */
export function mergeBenchmarks(merge: Merge): MergedTree {
  const { folder, held, faults } = merge;
  const { dataset, lines, entries } = folder;
  const kept = new Map(held.benchmarks.map((benchmark) => [benchmark.identifier, benchmark]));
  const raw = new Map(dataset.roots.map(({ benchmark, raw }) => [benchmark, raw ?? false]));
  const roots = new Map(mergeRoots(merge, kept).map((identifier, index) => [identifier, index]));
  refuseRepeats(merge, "benchmarks", dataset.benchmarks, ({ identifier }) => identifier);

  const nodes = new Map<string, MergedNode>();
  const place = (identifier: string, parent: string | null, line: number | null): void => {
    const root = roots.get(identifier) ?? null;
    const isRaw = root !== null && (raw.get(identifier) ?? kept.get(identifier)?.isRaw ?? false);
    nodes.set(identifier, { parent, root, isRaw, line });
  };
  for (const { identifier, parent } of held.benchmarks) place(identifier, parent ?? null, null);
  for (const [index, { identifier, parent }] of dataset.benchmarks.entries())
    place(identifier, (parent === undefined ? kept.get(identifier)?.parent : parent) ?? null, lines.benchmarks[index]);
  checkTree(merge, nodes);

  const references = new Set([...held.references, ...entries].map(({ key }) => key));
  const seen = new Set<string>();
  const changes: (Change | null)[] = dataset.benchmarks.map((row, index) => {
    const { identifier, reference } = row;
    if (reference && !references.has(reference))
      faults.add(FILE, lines.benchmarks[index], "reference", `expected a key of references.bib, got ${quote(reference)}`);
    seen.add(identifier);
    const { parent, root, isRaw } = nodes.get(identifier) as MergedNode;
    const own = kept.get(identifier);
    if (own && !differs("benchmarks", row, own) && own.root === root && own.isRaw === isRaw) return null;
    return {
      key: identifier,
      pk: own?.pk ?? null,
      naturalKey: [dataset.domain.slug, identifier],
      values: { ...valuesOf("benchmarks", row), root_position: root, is_raw: isRaw },
      links: { domain_pk: dataset.domain.slug, parent_pk: parent, ...(reference === undefined ? {} : { reference_pk: reference }) },
    };
  });
  for (const { identifier, pk, root, isRaw } of held.benchmarks) {
    const node = nodes.get(identifier) as MergedNode;
    if (seen.has(identifier) || (node.root === root && node.isRaw === isRaw)) continue;
    changes.push({ key: identifier, pk, naturalKey: [], values: { root_position: node.root, is_raw: node.isRaw }, links: {} });
  }
  const parents = new Set([...nodes.values()].flatMap(({ parent }) => parent ?? []));
  return { plan: planOf("benchmark", changes), nodes, parents };
}

/**
 * The roots after the merge: the folder's in its order, then those that only the database has. A global root of the database that the
 * folder does not mention stays the first.
 */
function mergeRoots({ folder: { dataset, lineOf }, faults }: Merge, kept: ReadonlyMap<string, KeptBenchmark>): string[] {
  const given = dataset.roots.map(({ benchmark }) => benchmark);
  for (const [index, identifier] of given.entries())
    if (given.indexOf(identifier) < index)
      faults.add("dataset.json", lineOf("roots", index), `roots.${index}.benchmark`, `the root ${quote(identifier)} stands twice`);
  const moved = new Set(dataset.benchmarks.flatMap(({ identifier, parent }) => (parent ? identifier : [])));
  const others = [...kept.values()]
    .filter(({ identifier, root }) => root !== null && !given.includes(identifier) && !moved.has(identifier))
    .sort((a, b) => (a.root as number) - (b.root as number));
  const first = others.filter(({ root }) => root === 0).map(({ identifier }) => identifier);
  return [...new Set([...first, ...given, ...others.map(({ identifier }) => identifier)])];
}

function checkTree({ folder: { dataset, lineOf }, faults }: Merge, nodes: ReadonlyMap<string, MergedNode>): void {
  for (const [identifier, { parent, root, line }] of nodes) {
    if (line === null) continue;
    if (parent !== null && !nodes.has(parent)) faults.add(FILE, line, "parent", `expected a benchmark that is known, got ${quote(parent)}`);
    if (parent === null && root === null)
      faults.add(FILE, line, "parent", `expected a parent, or ${quote(identifier)} among the roots of dataset.json`);
    if (parent !== null && root !== null)
      faults.add(FILE, line, "parent", `expected no parent for a root of dataset.json, got ${quote(parent)}`);
  }
  for (const [index, { benchmark }] of dataset.roots.entries()) {
    const at = ["roots", index, "benchmark"] as const;
    const node = nodes.get(benchmark);
    if (!node) faults.add("dataset.json", lineOf(...at), at.join("."), `expected a benchmark that is known, got ${quote(benchmark)}`);
    else if (node.line === null && node.parent !== null)
      faults.add(
        "dataset.json",
        lineOf(...at),
        at.join("."),
        `expected a benchmark without a parent; ${quote(benchmark)} stands below ${quote(node.parent)}`,
      );
  }
  for (const loop of findLoops(nodes)) {
    const line = loop.map((identifier) => nodes.get(identifier)?.line ?? null).find((at) => at !== null) ?? null;
    faults.add(FILE, line, "parent", `the parents form a cycle: ${[...loop, loop[0]].join(" → ")}`);
  }
}

/** Every cycle of the parents once, as the nodes on it from child to parent. */
function findLoops(nodes: ReadonlyMap<string, MergedNode>): string[][] {
  const done = new Set<string>();
  const loops: string[][] = [];
  for (const start of nodes.keys()) {
    const way = new Map<string, number>();
    let at: string | null = start;
    while (at !== null && !done.has(at) && !way.has(at)) {
      way.set(at, way.size);
      at = nodes.get(at)?.parent ?? null;
    }
    if (at !== null && way.has(at)) loops.push([...way.keys()].slice(way.get(at)));
    for (const passed of way.keys()) done.add(passed);
  }
  return loops;
}
