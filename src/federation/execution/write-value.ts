import {
  defaultTypeResolver,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { isSliceOver, nextSlice } from "../../board/in-slices";
import { isPromise } from "../promised";
import { type ObjectPlan, Unplanned, type Write, type Writing } from "./plan";
import type { Planner } from "./planner";
import { Run } from "./run";
import { writeLeaf } from "./write-leaf";

/**
 * Writes a value as the specification completes it (6.4.3), and graphql-js does: as JSON.stringify would write what that gives. Of one that
 * is promised the place where it comes.
 */
export function writeValue(run: Run, writing: Writing, value: unknown): string {
  if (typeof value === "object" ? value === null : value === undefined) {
    if (writing.isNullable) return "null";
    throw new TypeError("A value is expected.");
  }
  if (typeof value === "object" || typeof value === "function") {
    if (isPromise(value)) return run.wait(value, (later) => writeValue(run, writing, later));
    if (value instanceof Error) throw value;
  }
  return writing.write(run, value);
}

/** Reads fields of an object and writes them. */
export function writeParts(run: Run, fields: ObjectPlan, source: unknown): string {
  let text = "";
  for (const field of fields) text += field.before + writeValue(run, field, field.read(run, source));
  return text;
}

/** Reads all fields of an object and writes it. */
export const writeFields = (run: Run, fields: ObjectPlan, source: unknown): string => `{${writeParts(run, fields, source)}}`;

/** How many items that are no objects are written between two looks at the clock. */
const BETWEEN_LOOKS = 64;

/** Writes items from a place on, until the slice is over or all are written; gives back the place that is next. */
function writeSome(run: Run, items: readonly unknown[], writing: Writing, from: number): { text: string; next: number } {
  const looks = typeof items[from] === "object" ? 1 : BETWEEN_LOOKS;
  let text = "";
  let place = from;
  try {
    for (; place < items.length; place++) {
      if (place > from && place % looks === 0 && isSliceOver()) break;
      text += (place > 0 ? "," : "") + writeValue(run, writing, items[place]);
    }
  } catch (error) {
    for (const left of items.slice(place + 1)) if (isPromise(left)) Run.forget(left);
    throw error;
  }
  return { text, next: place };
}

/** Writes the rest of the items a slice at a time, so that others are answered in between. */
async function writeRest(run: Run, items: readonly unknown[], writing: Writing, from: number): Promise<string> {
  let whole = "";
  try {
    for (let place = from; place < items.length;) {
      await nextSlice(() => run.isWanted);
      const { text, next } = writeSome(run, items, writing, place);
      whole += text;
      place = next;
    }
  } catch (error) {
    for (const left of items.slice(from)) if (isPromise(left)) Run.forget(left);
    throw error;
  }
  return whole;
}

function writeItems(run: Run, items: readonly unknown[], writing: Writing): string {
  const { text, next } = writeSome(run, items, writing, 0);
  if (next === items.length) return `[${text}]`;
  return `[${text}${run.wait(writeRest(run, items, writing, next), (rest) => rest as string)}]`;
}

const writeList =
  (writing: Writing): Write =>
  (run, value) => {
    if (Array.isArray(value)) return writeItems(run, value, writing);
    if (typeof value !== "object" || typeof (value as Iterable<unknown>)[Symbol.iterator] !== "function")
      throw new TypeError("A list is expected.");
    return writeItems(run, Array.from(value as Iterable<unknown>), writing);
  };

/** Throws unless a value is of the type, as far as the type can tell. */
function checkType(run: Run, type: GraphQLObjectType, value: unknown, planner: Planner, nodes: readonly FieldNode[]): void {
  if (!type.isTypeOf) return;
  const isOfType = type.isTypeOf(value, run.context, planner.infoOfType(run, nodes));
  if (isPromise(isOfType)) throw new Unplanned(`Whether a value is a ${type.name} is promised.`);
  if (!isOfType) throw new TypeError(`A value is no ${type.name}.`);
}

function writeObject(type: GraphQLObjectType, nodes: readonly FieldNode[], planner: Planner): Write {
  let plan: ObjectPlan | null = null;
  return (run, value) => {
    checkType(run, type, value, planner, nodes);
    return writeFields(run, (plan ??= planner.planObject(type, nodes)), value);
  };
}

function writeAbstract(type: GraphQLAbstractType, nodes: readonly FieldNode[], planner: Planner): Write {
  const { schema } = planner;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const byName = new Map<unknown, Write>();
  return (run, value) => {
    const name = resolveType(value, run.context, planner.infoOfType(run, nodes), type);
    let write = byName.get(name);
    if (!write) {
      if (isPromise(name)) throw new Unplanned(`The type of a value of ${type.name} is promised.`);
      const found = typeof name === "string" ? schema.getType(name) : undefined;
      if (!isObjectType(found) || !schema.isSubType(type, found)) throw new TypeError(`A value is of no type of ${type.name}.`);
      byName.set(name, (write = writeObject(found, nodes, planner)));
    }
    return write(run, value);
  };
}

function writePresent(type: GraphQLOutputType, nodes: readonly FieldNode[], planner: Planner): Write {
  if (isLeafType(type)) return writeLeaf(type);
  if (isListType(type)) return writeList(planWriting(type.ofType, nodes, planner));
  if (isAbstractType(type)) return writeAbstract(type, nodes, planner);
  if (isObjectType(type)) return writeObject(type, nodes, planner);
  throw new Unplanned(`There is no plan for ${String(type)}.`);
}

/** How values of a type are written. Objects are planned when the first one comes. */
export const planWriting = (type: GraphQLOutputType, nodes: readonly FieldNode[], planner: Planner): Writing => ({
  write: writePresent(isNonNullType(type) ? type.ofType : type, nodes, planner),
  isNullable: !isNonNullType(type),
});
