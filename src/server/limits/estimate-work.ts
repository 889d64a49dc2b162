import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from "graphql";
import { countEntries } from "./count-entries";
import { type Estimate, evaluate, type Given, type Part, type Sum } from "./estimate";
import type { KnownWork, ListSize } from "./read-work";

type Field = GraphQLField<unknown, unknown>;
type Times = (given: Given) => number;

const once: Times = () => 1;

/** What a mutation costs besides its answer. */
const WRITING = 100;

/** How long lists are that no subgraph can say it of: of introspection on average, where a type within a type is as good as one. */
const BUILT_IN: Readonly<Record<string, number>> = {
  "__Schema.directives": 10,
  "__Type.fields": 8,
  "__Type.inputFields": 4,
  "__Type.enumValues": 4,
  "__Type.interfaces": 1,
  "__Type.possibleTypes": 1,
  "__Field.args": 2,
  "__Directive.args": 2,
  "__Type.ofType": 0,
  "Query._entities": 1,
};

const assumed = (assumedSize: number): ListSize => ({ assumedSize, slicingArguments: [], sizedFields: null });

/** How often a type is a list of lists. */
function levelsOf(type: Field["type"]): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + levelsOf(nullable.ofType as Field["type"]) : 0;
}

/** Adds up what an operation asks for. Its document must be valid. */
class Estimation {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly defaults: Given;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly work: KnownWork,
    document: DocumentNode,
    { variableDefinitions = [] }: OperationDefinitionNode,
  ) {
    for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(node.name.value, node);
    this.defaults = Object.fromEntries(
      variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, defaultValue && valueFromASTUntyped(defaultValue)]),
    );
  }

  /** `pages`: the lists of this object that the field before sized. */
  sumOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[], pages: ReadonlyMap<string, Times>): Sum {
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.collect(type, set, fields, spread);
    let cost = 0;
    const parts: Part[] = [];
    for (const nodes of fields.values()) {
      const field = this.fieldOf(type, nodes[0].name.value);
      if (!field) continue;
      const path = `${type.name}.${field.name}`;
      cost += this.work.costs.get(path) ?? 0;
      const part = this.partOf(path, field, nodes, pages);
      if (part) parts.push(part);
    }
    return fold({ nodes: 0, cost, parts });
  }

  private partOf(path: string, field: Field, nodes: readonly FieldNode[], pages: ReadonlyMap<string, Times>): Part | null {
    const named = getNamedType(field.type);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (!isCompositeType(named) || sets.length === 0) return null;
    const size = this.sizeOf(path);
    const entries = size && countEntries(field, nodes[0], size, this.defaults);
    const inner = new Map(size?.sizedFields?.map((name) => [name, entries!]));
    const levels = levelsOf(field.type);
    const one = pages.get(field.name) ?? (size?.sizedFields ? null : entries);
    const times: Times = path === "__Type.ofType" || levels === 0 || !one ? once : (given) => one(given) ** levels;
    const own = path === "__Type.ofType" ? 0 : 1;
    const either = this.possible(named).map((type) => {
      const { nodes: within, cost, parts } = this.sumOf(type, sets, inner);
      return { nodes: within + own, cost: cost + own, parts };
    });
    return { times, either };
  }

  private sizeOf(path: string): ListSize | undefined {
    if (path === "__Schema.types") return assumed(Object.keys(this.schema.getTypeMap()).length);
    return this.work.sizes.get(path) ?? (path in BUILT_IN ? assumed(BUILT_IN[path]) : undefined);
  }

  private possible(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
  }

  private fieldOf(type: GraphQLObjectType, name: string): Field | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    return name === TypeMetaFieldDef.name ? TypeMetaFieldDef : type.getFields()[name];
  }

  private collect(type: GraphQLObjectType, { selections }: SelectionSetNode, fields: Map<string, FieldNode[]>, spread: Set<string>): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const found = fields.get(key);
        if (found) found.push(node);
        else fields.set(key, [node]);
        continue;
      }
      const name = node.kind === Kind.FRAGMENT_SPREAD ? node.name.value : null;
      if (name !== null && spread.has(name)) continue;
      if (name !== null) spread.add(name);
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value)! : node;
      if (this.applies(type, fragment.typeCondition?.name.value)) this.collect(type, fragment.selectionSet, fields, spread);
    }
  }

  private applies(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, type);
  }
}

/** The same sum with all in one number that depends on no variable. */
function fold({ nodes, cost, parts }: Sum): Sum {
  const left: Part[] = [];
  for (const part of parts) {
    const isConstant = part.either.every((sum) => sum.parts.length === 0) && dependsOnNothing(part.times);
    if (!isConstant) {
      left.push(part);
      continue;
    }
    const value = evaluate({ nodes: 0, cost: 0, parts: [part] }, {});
    nodes += value.nodes;
    cost += value.cost;
  }
  return { nodes, cost, parts: left };
}

/** True if no variable is looked at. */
function dependsOnNothing(times: Times): boolean {
  let looks = false;
  times(new Proxy({}, { get: () => void (looks = true) }));
  return !looks;
}

/**
 * What an operation of a valid document asks for, as a function of its variables: the objects that its answer holds at most, as far as
 * arguments and assumed lengths of lists tell. Fields under `@skip` and `@include` count.
 */
export function estimateWork(
  schema: GraphQLSchema,
  work: KnownWork,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (given: Given) => Estimate {
  const type = schema.getRootType(operation.operation);
  if (!isObjectType(type)) return () => ({ nodes: 0, cost: 1 });
  const sum = new Estimation(schema, work, document, operation).sumOf(type, [operation.selectionSet], new Map());
  const base = operation.operation === "mutation" ? WRITING : 0;
  return (given) => {
    const { nodes, cost } = evaluate(sum, given);
    return { nodes, cost: Math.max(1, cost + base) };
  };
}
