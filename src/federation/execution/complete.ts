import {
  defaultTypeResolver,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { isPromise } from "../promised";
import { type Complete, type ObjectPlan, Unplanned } from "./plan";
import type { Planner } from "./planner";
import { Run } from "./run";

/** What a value is in the answer, if it is there: neither null nor an Error. */
type CompletePresent = Complete;

/** Reads the fields of an object into an answer. */
export function completeFields(run: Run, { fields, template }: ObjectPlan, source: unknown): Record<string, unknown> {
  const result: Record<string, unknown> = { ...template };
  for (const { key, read, complete } of fields) {
    const value = read(run, source);
    if (isPromise(value)) run.wait(value, (later) => (result[key] = complete(run, later)));
    else result[key] = complete(run, value);
  }
  return result;
}

const completeLeaf =
  (type: GraphQLLeafType): CompletePresent =>
  (_run, value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized === null || serialized === undefined) throw new TypeError(`${type.name} has no text for a value.`);
    return serialized;
  };

function completeList(complete: Complete): CompletePresent {
  return (run, value) => {
    if (typeof value !== "object" || typeof (value as Iterable<unknown>)[Symbol.iterator] !== "function")
      throw new TypeError("A list is expected.");
    const items: unknown[] = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
    const results: unknown[] = [];
    for (let place = 0; place < items.length; place++) {
      const item = items[place];
      try {
        if (isPromise(item)) {
          results.push(null);
          run.wait(item, (later) => (results[place] = complete(run, later)));
        } else results.push(complete(run, item));
      } catch (error) {
        for (const left of items.slice(place + 1)) if (isPromise(left)) Run.forget(left);
        throw error;
      }
    }
    return results;
  };
}

/** Throws unless a value is of the type, as far as the type can tell. */
function checkType(run: Run, type: GraphQLObjectType, value: unknown, planner: Planner, nodes: readonly FieldNode[]): void {
  if (!type.isTypeOf) return;
  const isOfType = type.isTypeOf(value, run.context, planner.infoOfType(run, nodes));
  if (isPromise(isOfType)) throw new Unplanned(`Whether a value is a ${type.name} is promised.`);
  if (!isOfType) throw new TypeError(`A value is no ${type.name}.`);
}

function completeObject(type: GraphQLObjectType, nodes: readonly FieldNode[], planner: Planner): CompletePresent {
  let plan: ObjectPlan | null = null;
  return (run, value) => {
    checkType(run, type, value, planner, nodes);
    return completeFields(run, (plan ??= planner.planObject(type, nodes)), value);
  };
}

function completeAbstract(type: GraphQLAbstractType, nodes: readonly FieldNode[], planner: Planner): CompletePresent {
  const { schema } = planner;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const byName = new Map<unknown, CompletePresent>();
  return (run, value) => {
    const name = resolveType(value, run.context, planner.infoOfType(run, nodes), type);
    let complete = byName.get(name);
    if (!complete) {
      if (isPromise(name)) throw new Unplanned(`The type of a value of ${type.name} is promised.`);
      const found = typeof name === "string" ? schema.getType(name) : undefined;
      if (!isObjectType(found) || !schema.isSubType(type, found)) throw new TypeError(`A value is of no type of ${type.name}.`);
      byName.set(name, (complete = completeObject(found, nodes, planner)));
    }
    return complete(run, value);
  };
}

function completePresent(type: GraphQLOutputType, nodes: readonly FieldNode[], planner: Planner): CompletePresent {
  if (isLeafType(type)) return completeLeaf(type);
  if (isListType(type)) return completeValue(type.ofType, nodes, planner, completeList);
  if (isAbstractType(type)) return completeAbstract(type, nodes, planner);
  if (isObjectType(type)) return completeObject(type, nodes, planner);
  throw new Unplanned(`There is no plan for ${String(type)}.`);
}

/** How values of a type are completed, as the specification says (6.4.3) and graphql-js does. Objects are planned when the first one comes. */
export function completeValue(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  planner: Planner,
  within: (complete: Complete) => Complete = (complete) => complete,
): Complete {
  const present = completePresent(isNonNullType(type) ? type.ofType : type, nodes, planner);
  const isNullable = !isNonNullType(type);
  return within((run, value) => {
    if (value === null || value === undefined) {
      if (isNullable) return null;
      throw new TypeError("A value is expected.");
    }
    if (value instanceof Error) throw value;
    return present(run, value);
  });
}
