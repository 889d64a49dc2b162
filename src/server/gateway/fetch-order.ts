import type { BatchFetchNode, FetchNode, FlattenNode, PlanNode, QueryPlan, RequiresSelection } from "@graphql-hive/router-query-planner";
import { Kind, type SelectionSetNode } from "graphql";
import { documentOf } from "./plan-documents";
import type { Step } from "./representations";

/** One request of a plan. */
export type Fetch = FetchNode | BatchFetchNode | (FlattenNode & { node: FetchNode });

/** A request, and the places in the list of those that must have been answered before. */
export interface OrderedFetch {
  readonly fetch: Fetch;
  readonly after: readonly number[];
}

/** Fields at places of an answer, such as "model.scores.value". */
type Places = Set<string>;

const under = (place: string, name: string): string => (place === "" ? name : `${place}.${name}`);

/** What is asked about: the objects at a path, and what is told of them. */
interface Asked {
  readonly path: readonly Step[];
  readonly requires: readonly RequiresSelection[];
  /** The name that the entities have in the answer; null for the root. */
  readonly alias: string | null;
}

function askedBy(fetch: Fetch): Asked[] {
  if (fetch.kind === "Flatten") return [{ path: fetch.path as Step[], requires: fetch.node.requires ?? [], alias: "_entities" }];
  if (fetch.kind === "Fetch") return [{ path: [], requires: [], alias: null }];
  return fetch.entityBatch.aliases.flatMap(({ alias, paths, requires }) =>
    paths.map((path) => ({ path: path as Step[], requires, alias })),
  );
}

/** The fields that a request looks at before it is sent. */
function readsOf(fetch: Fetch): Places {
  const reads: Places = new Set();
  const require = (place: string, selections: readonly RequiresSelection[]): void => {
    for (const selection of selections) {
      if (selection.kind === "InlineFragment") {
        reads.add(under(place, "__typename"));
        require(place, selection.selections);
      } else if (selection.kind === "Field") {
        const field = under(place, selection.name);
        reads.add(field);
        require(field, selection.selections ?? []);
      }
    }
  };
  for (const { path, requires } of askedBy(fetch)) {
    let place = "";
    for (const step of path) {
      if (step === "@") continue;
      if ("Field" in step) reads.add((place = under(place, step.Field)));
      else reads.add(under(place, "__typename"));
    }
    require(place, requires);
  }
  return reads;
}

/** The fields that the answer to a request fills. */
function writesOf(fetch: Fetch): Places {
  const writes: Places = new Set();
  const { definitions } = documentOf((fetch.kind === "Flatten" ? fetch.node : fetch).operation);
  const select = (place: string, set: SelectionSetNode | undefined): void => {
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.FIELD) {
        const field = under(place, (node.alias ?? node.name).value);
        writes.add(field);
        select(field, node.selectionSet);
      } else if (node.kind === Kind.INLINE_FRAGMENT) select(place, node.selectionSet);
      else
        for (const definition of definitions)
          if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === node.name.value)
            select(place, definition.selectionSet);
    }
  };
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as { selectionSet: SelectionSetNode };
  for (const { path, alias } of askedBy(fetch)) {
    const place = path.flatMap((step) => (step !== "@" && "Field" in step ? [step.Field] : [])).join(".");
    if (alias === null) select(place, operation.selectionSet);
    for (const node of alias === null ? [] : operation.selectionSet.selections)
      if (node.kind === Kind.FIELD && (node.alias ?? node.name).value === alias) select(place, node.selectionSet);
  }
  return writes;
}

/** Null if a plan holds what cannot be ordered: conditions, and writes. */
function findOrder(root: PlanNode): OrderedFetch[] | null {
  const all: (OrderedFetch & { readonly writes: Places })[] = [];
  /** Adds the requests of a node, which comes after these; gives back their places. */
  function add(node: PlanNode, before: readonly number[]): number[] | null {
    if (node.kind === "Parallel" || node.kind === "Sequence") {
      const added: number[] = [];
      for (const each of node.nodes) {
        const more = add(each, node.kind === "Sequence" ? [...before, ...added] : before);
        if (!more) return null;
        added.push(...more);
      }
      return added;
    }
    if (node.kind !== "Fetch" && node.kind !== "BatchFetch" && node.kind !== "Flatten") return null;
    const fetch = node as Fetch;
    if ((fetch.kind === "Flatten" ? fetch.node : fetch).operationKind === "mutation") return null;
    const reads = [...readsOf(fetch)];
    const after = before.filter((place) => reads.some((read) => all[place].writes.has(read)));
    return [all.push({ fetch, after, writes: writesOf(fetch) }) - 1];
  }
  return add(root, []) && all.map(({ fetch, after }) => ({ fetch, after }));
}

const orders = new WeakMap<QueryPlan, OrderedFetch[] | null>();

/**
 * The requests of a plan of a query, each with those whose answers it needs: a plan puts a request behind a whole level, though it may need
 * one answer of it only. Those it needs stand before it. Null for a plan with conditions or writes, which is carried out step by step.
 */
export function fetchOrder(plan: QueryPlan): readonly OrderedFetch[] | null {
  let order = orders.get(plan);
  if (order === undefined) orders.set(plan, (order = plan.node ? findOrder(plan.node) : null));
  return order;
}
