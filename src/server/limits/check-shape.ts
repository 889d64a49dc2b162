import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";
import type { ExpectedError } from "../../errors";
import { exceeded } from "./exceeded";
import type { Limits } from "./limits";

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fields of one name in an object of the answer. */
interface Met {
  count: number;
  readonly sets: SelectionSetNode[];
}

/** Thrown to stop counting; never leaves this file. */
class Stop extends Error {
  constructor(readonly refusal: ExpectedError) {
    super();
  }
}

function refuse(limit: keyof Limits, limits: Limits, got: number | null): void {
  if (got === null || got > limits[limit]) throw new Stop(exceeded(limit, limits[limit], got));
}

/** Counts what a document holds as it is written. */
function countWritten({ definitions }: DocumentNode): { aliases: number; directives: number } {
  const counts = { aliases: 0, directives: 0 };
  const count = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      counts.directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD && node.alias) counts.aliases++;
      if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet) count(node.selectionSet);
    }
  };
  for (const node of definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION) continue;
    counts.directives += node.directives?.length ?? 0;
    for (const { directives } of node.variableDefinitions ?? []) counts.directives += directives?.length ?? 0;
    count(node.selectionSet);
  }
  return counts;
}

/** True if a fragment holds itself: the rules of GraphQL refuse that in their own words. */
function hasCycle(fragments: Fragments): boolean {
  const state = new Map<string, "open" | "done">();
  const enters = ({ selections }: SelectionSetNode): boolean =>
    selections.some((node) =>
      node.kind === Kind.FRAGMENT_SPREAD ? closes(node.name.value) : node.selectionSet && enters(node.selectionSet),
    );
  const closes = (name: string): boolean => {
    const fragment = fragments.get(name);
    if (!fragment || state.get(name) === "done") return false;
    if (state.get(name) === "open") return true;
    state.set(name, "open");
    const isClosed = enters(fragment.selectionSet);
    state.set(name, "done");
    return isClosed;
  };
  return [...fragments.keys()].some(closes);
}

/**
 * Counts the fields of a document written out: those of a fragment once for each spread, also where they fall together. Who plans an operation
 * writes it out so. There must be no cycles.
 */
function countWrittenOut({ definitions }: DocumentNode, fragments: Fragments): number {
  const known = new Map<string, number>();
  const count = ({ selections }: SelectionSetNode): number => {
    let sum = 0;
    for (const node of selections)
      if (node.kind === Kind.FRAGMENT_SPREAD) sum += countFragment(node.name.value);
      else sum += (node.kind === Kind.FIELD ? 1 : 0) + (node.selectionSet ? count(node.selectionSet) : 0);
    return sum;
  };
  const countFragment = (name: string): number => {
    const fragment = fragments.get(name);
    const sum = known.get(name) ?? (fragment ? count(fragment.selectionSet) : 0);
    known.set(name, sum);
    return sum;
  };
  return definitions.reduce((sum, node) => sum + (node.kind === Kind.OPERATION_DEFINITION ? count(node.selectionSet) : 0), 0);
}

/** Counts what an answer would be made of, its fields merged as they are executed, and stops where that is too much. */
class Expansion {
  private fields = 0;
  private pairs = 0;

  constructor(
    private readonly fragments: Fragments,
    private readonly limits: Limits,
  ) {}

  check({ selectionSet }: OperationDefinitionNode): void {
    const root = this.merge([selectionSet]);
    refuse("rootFields", this.limits, root.size);
    this.descend(root, 1);
  }

  private descend(level: ReadonlyMap<string, Met>, depth: number): void {
    refuse("depth", this.limits, depth > this.limits.depth ? depth : 0);
    for (const { sets } of level.values()) if (sets.length > 0) this.descend(this.merge(sets), depth + 1);
  }

  private merge(sets: readonly SelectionSetNode[]): Map<string, Met> {
    const level = new Map<string, Met>();
    const spread = new Set<string>();
    for (const set of sets) this.collect(set, level, spread);
    return level;
  }

  private collect({ selections }: SelectionSetNode, level: Map<string, Met>, spread: Set<string>): void {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) this.collect(node.selectionSet, level, spread);
      else if (node.kind === Kind.FRAGMENT_SPREAD) {
        const name = node.name.value;
        if (spread.has(name)) continue;
        if ((this.pairs += spread.size) > this.limits.pairs) refuse("pairs", this.limits, null);
        spread.add(name);
        const fragment = this.fragments.get(name);
        if (fragment) this.collect(fragment.selectionSet, level, spread);
      } else {
        const key = node.alias?.value ?? node.name.value;
        let met = level.get(key);
        if (!met) level.set(key, (met = { count: 0, sets: [] }));
        if (++this.fields > this.limits.fields) refuse("fields", this.limits, null);
        if ((this.pairs += met.count++) > this.limits.pairs) refuse("pairs", this.limits, null);
        if (node.selectionSet) met.sets.push(node.selectionSet);
      }
    }
  }
}

/**
 * Says which limit a document exceeds by how it is written; null if none. Takes time in proportion to what is permitted, not to what is
 * asked, and is done before the rules of GraphQL are looked at, as these take much longer where many fields fall together.
 */
export function checkShape(document: DocumentNode, limits: Limits): ExpectedError | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  try {
    const { aliases, directives } = countWritten(document);
    refuse("aliases", limits, aliases);
    refuse("directives", limits, directives);
    if (hasCycle(fragments)) return null;
    if (countWrittenOut(document, fragments) > limits.fields) refuse("fields", limits, null);
    const expansion = new Expansion(fragments, limits);
    for (const node of document.definitions) if (node.kind === Kind.OPERATION_DEFINITION) expansion.check(node);
    return null;
  } catch (error) {
    if (error instanceof Stop) return error.refusal;
    throw error;
  }
}
