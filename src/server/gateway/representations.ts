import type { RequiresSelection } from "@graphql-hive/router-query-planner";
import { type GraphQLSchema, isAbstractType, isObjectType } from "graphql";

export type Thing = Record<string, unknown>;
export type Place = readonly (string | number)[];

/** An object within what was gathered. */
export interface Found {
  readonly thing: Thing;
  readonly place: Place;
}

/** A step of a path in a plan: into a field, into each of a list, or on only where the type is one of these. */
export type Step = "@" | { readonly Field: string } | { readonly TypeCondition: readonly string[] };

const isThing = (value: unknown): value is Thing => typeof value === "object" && value !== null && !Array.isArray(value);

function isOfType(schema: GraphQLSchema, typeName: unknown, wanted: readonly string[]): boolean {
  if (typeof typeName !== "string") return wanted.length === 1;
  if (wanted.includes(typeName)) return true;
  const type = schema.getType(typeName);
  return isObjectType(type) && wanted.map((name) => schema.getType(name)).some((of) => isAbstractType(of) && schema.isSubType(of, type));
}

/**
 * What stands at a key, to be changed. What is frozen is shared with other operations: a copy takes its place, whose own values are shared
 * still.
 */
export function own(holder: Thing | unknown[], key: string | number): unknown {
  const values = holder as Thing;
  const value = values[key];
  if (typeof value !== "object" || value === null || !Object.isFrozen(value)) return value;
  return (values[key] = Array.isArray(value) ? [...(value as unknown[])] : { ...value });
}

/** All objects at a path, to be added to. */
export function findThings(schema: GraphQLSchema, root: Thing, path: readonly Step[]): Found[] {
  const found: Found[] = [];
  const walk = (value: unknown, depth: number, place: Place): void => {
    if (Array.isArray(value)) {
      const next = path[depth] === "@" ? depth + 1 : depth;
      for (let index = 0; index < value.length; index++) walk(own(value, index), next, [...place, index]);
      return;
    }
    if (!isThing(value)) return;
    const step = path[depth];
    if (step === undefined) found.push({ thing: value, place });
    else if (step === "@") return;
    else if ("Field" in step) walk(own(value, step.Field), depth + 1, [...place, step.Field]);
    else if (isOfType(schema, value.__typename, step.TypeCondition)) walk(value, depth + 1, place);
  };
  walk(root, 0, []);
  return found;
}

/** What a subgraph is told of an object that it is asked about: its key and what else is required; null if that is not there. */
export function representationOf(schema: GraphQLSchema, requires: readonly RequiresSelection[], thing: Thing): Thing | null {
  for (const selection of requires) {
    if (selection.kind !== "InlineFragment" || !isOfType(schema, thing.__typename, [selection.typeCondition])) continue;
    const fields = pick(selection.selections, thing);
    const isWhole = Object.keys(fields).some((name) => name !== "__typename");
    return isWhole ? { ...fields, __typename: thing.__typename ?? selection.typeCondition } : null;
  }
  return null;
}

function pick(selections: readonly RequiresSelection[], thing: Thing): Thing {
  const picked: Thing = {};
  for (const selection of selections) {
    if (selection.kind === "InlineFragment") {
      if (thing.__typename === selection.typeCondition) Object.assign(picked, pick(selection.selections, thing));
      continue;
    }
    if (selection.kind !== "Field") continue;
    const { name, selections: inner } = selection;
    const value = thing[name];
    if (value === undefined) continue;
    const pickInner = (item: unknown): unknown => (Array.isArray(item) ? item.map(pickInner) : isThing(item) ? pick(inner!, item) : item);
    picked[name] = inner?.length ? pickInner(value) : value;
  }
  return picked;
}

/** Puts what was answered into what was there. What is frozen of either is left as it is. */
export function mergeInto(target: Thing, source: Thing): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    target[key] = target[key] === undefined ? value : merged(own(target, key), value);
  }
}

function merged(there: unknown, value: unknown): unknown {
  if (Array.isArray(there) && Array.isArray(value) && there.length === value.length)
    return there.map((_, index) => merged(own(there, index), value[index]));
  if (!isThing(there) || !isThing(value)) return value;
  mergeInto(there, value);
  return there;
}
