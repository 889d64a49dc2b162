import {
  getArgumentValues,
  getNullableType,
  isIntrospectionType,
  isLeafType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  Kind,
  visit,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields";
import { FieldInfo } from "./field-info";
import { type FieldPlan, type ObjectPlan, type Plan, Unplanned } from "./plan";
import { isLasting } from "../lasting";
import { propertyOf } from "../property";
import type { Run } from "./run";
import { joinPlain, type LastingField, type PlainField, type PlainTexts } from "./write-plain";
import { planWriting, writeFields } from "./write-value";

export type Fragments = Record<string, FragmentDefinitionNode>;
type Field = GraphQLField<unknown, unknown>;
/** A function as a property, as graphql-js calls it. */
type Method = (args: unknown, context: unknown, info: unknown) => unknown;
type Collected = ReadonlyMap<string, readonly FieldNode[]>;

/** Plans the objects of one query under one setting of its switches, each when the first one is met. */
export interface Planner {
  readonly schema: GraphQLSchema;
  planObject(type: GraphQLObjectType, nodes: readonly FieldNode[]): ObjectPlan;
  /** What `isTypeOf` and `resolveType` are told of the field whose value they look at. */
  infoOfType(run: Run, nodes: readonly FieldNode[]): GraphQLResolveInfo;
}

/** The field of a name, those of introspection included: graphql-js's `getFieldDef`. */
function fieldOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string): Field | undefined {
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : type.getFields()[name];
}

/** The name that a field has in the answer. */
function keyOf({ alias, name }: FieldNode): string {
  const key = (alias ?? name).value;
  if (key in Object.prototype) throw new Unplanned(`Every object has something that is called ${key}.`);
  return key;
}

function usesVariables(node: FieldNode): boolean {
  let uses = false;
  for (const argument of node.arguments ?? []) visit(argument, { [Kind.VARIABLE]: () => void (uses = true) });
  return uses;
}

/** Keeps what many cells are answered with from being changed by one of them. */
function freeze(value: unknown): void {
  if (value === null || typeof value !== "object" || !(Array.isArray(value) || Object.getPrototypeOf(value) === null || Object.getPrototypeOf(value) === Object.prototype)) return; // prettier-ignore
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

/** Plans a query. `setting`: variables as they are given, of which only those that @skip and @include look at are looked at here. `texts`, `isGathered`: of the writer. */
export function planQuery(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  setting: Record<string, unknown>,
  texts: PlainTexts,
  isGathered: boolean,
): Plan {
  const query = schema.getQueryType();
  if (!query) throw new Unplanned("There are no queries.");
  const fieldsByNodes = new Map<readonly FieldNode[], { number: number; parent: GraphQLObjectType; field: Field }>();

  function infoOf(run: Run, nodes: readonly FieldNode[]): GraphQLResolveInfo {
    const { number, parent, field } = fieldsByNodes.get(nodes)!;
    return (run.infos[number] ??= new FieldInfo(field, nodes, parent, schema, fragments, run));
  }

  function planField(parent: GraphQLObjectType, before: string, nodes: readonly FieldNode[]): FieldPlan | PlainField | LastingField {
    const [node] = nodes;
    const field = fieldOf(schema, parent, node.name.value);
    if (!field) throw new Unplanned(`${parent.name} has no field ${node.name.value}.`);
    if (field === TypeNameMetaFieldDef)
      return { before, read: () => parent.name, write: (_run, name) => `"${name as string}"`, isNullable: false, property: null };
    const number = fieldsByNodes.size;
    fieldsByNodes.set(nodes, { number, parent, field });
    const isGiven = isGathered && field !== SchemaMetaFieldDef && field !== TypeMetaFieldDef && !isIntrospectionType(parent);
    const constant = isGiven ? {} : usesVariables(node) ? null : getArgumentValues(field, node);
    freeze(constant);
    const argsOf = constant ? () => constant : (run: Run) => (run.args[number] ??= getArgumentValues(field, node, run.variables)) as Record<string, unknown>; // prettier-ignore
    const { resolve } = field;
    const property = isGiven ? keyOf(node) : resolve ? propertyOf(resolve) : field.name;
    const lasts = constant !== null && resolve !== undefined && isLasting(resolve);
    const ask: FieldPlan["read"] = (run, source) => resolve!(source, argsOf(run), run.context, run.infos[number] ?? infoOf(run, nodes));
    const askAnew: FieldPlan["read"] = (run, source) => {
      run.isLasting = false;
      return ask(run, source);
    };
    const readHeld: FieldPlan["read"] = (run, source) => {
      if (source === null || (typeof source !== "object" && typeof source !== "function")) return undefined;
      const value = (source as Record<string, unknown>)[property!];
      if (typeof value !== "function") return value;
      run.isLasting = false;
      return (source as Record<string, Method>)[property!](argsOf(run), run.context, infoOf(run, nodes));
    };
    const read = property !== undefined ? readHeld : lasts ? ask : askAnew;
    const plan = { before, read, ...planWriting(field.type, nodes, planner) };
    if (lasts && property === undefined) return { ...plan, lasts };
    return property !== undefined && isLeafType(getNullableType(field.type)) ? { ...plan, property } : plan;
  }

  function planFields(type: GraphQLObjectType, collected: Collected): ObjectPlan {
    const fields = [...collected].map(([key, nodes], place) => planField(type, `${place > 0 ? "," : ""}"${key}":`, nodes));
    return joinPlain(type, fields, texts);
  }

  const planner: Planner = {
    schema,
    planObject: (type, nodes) => planFields(type, collectSubfields(schema, fragments, setting, type, nodes)),
    infoOfType: infoOf,
  };
  const root = planFields(query, collectFields(schema, fragments, setting, query, operation.selectionSet));
  return (run) => run.finish(writeFields(run, root, run.rootValue));
}
