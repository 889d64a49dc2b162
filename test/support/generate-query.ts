import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { seeded } from "../../bench/seeded";

type Random = ReturnType<typeof seeded>;

/** What arguments are drawn from: values by name of the argument or input field, or, where that is not there, by name of its type. */
export type Pools = Readonly<Record<string, readonly unknown[]>>;

export interface QueryGeneratorOptions {
  readonly random: Random;
  readonly pools: Pools;
  /** How deep selections go at most. Default 5. */
  readonly depth?: number;
  /** How many fields a query has at most, about. Default 40. */
  readonly size?: number;
  /** What is done. Default: something is asked. */
  readonly operation?: "query" | "mutation";
}

/** A value as it stands in a query. Texts that are enum values are told by their type. */
function literal(type: GraphQLInputType, name: string, options: QueryGeneratorOptions, depth = 0): string {
  const { random, pools } = options;
  const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)];
  if (isNonNullType(type)) return literal(type.ofType, name, options, depth);
  if (isListType(type)) {
    // Within lists of inputs that lead back to themselves, fewer and fewer.
    const count = random.integer(Math.max(1, 4 - depth));
    return `[${Array.from({ length: count }, () => literal(type.ofType, name, options, depth + 1)).join(", ")}]`;
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || (random.uniform() < 0.25 / (1 + depth / 2) && depth < 5),
    );
    return `{${fields.map((field) => `${field.name}: ${literal(field.type, field.name, options, depth + 1)}`).join(", ")}}`;
  }
  if (isEnumType(type)) return pick(type.getValues()).name;
  const values = pools[name] ?? pools[type.name];
  if (!values) throw new Error(`There is nothing to draw ${name}: ${type.name} from.`);
  return JSON.stringify(pick(values));
}

function argumentsOf(args: readonly GraphQLArgument[], options: QueryGeneratorOptions): string {
  const given = args.filter(({ type }) => isNonNullType(type) || options.random.uniform() < 0.35);
  return given.length === 0 ? "" : `(${given.map(({ name, type }) => `${name}: ${literal(type, name, options)}`).join(", ")})`;
}

/**
 * Makes valid queries over a whole schema, the same ones for the same seed: fields at random, with arguments from pools. Each field has an
 * alias of its own, so that none gets into another one's way.
 */
export function createQueryGenerator(schema: GraphQLSchema, options: QueryGeneratorOptions): () => string {
  const { random, depth: deepest = 5, size = 40, operation = "query" } = options;
  let room = 0;
  let aliases = 0;

  function fieldOf(field: GraphQLField<unknown, unknown>, depth: number): string {
    room--;
    const type = getNamedType(field.type);
    const selection = isLeafType(type) ? "" : ` ${selectionOf(type, depth + 1)}`;
    return `f${aliases++}: ${field.name}${argumentsOf(field.args, options)}${selection}`;
  }

  function selectionOf(type: GraphQLNamedOutputType, depth: number): string {
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type).filter(() => random.uniform() < 0.6);
      return `{ __typename ${possible.map((each) => `... on ${each.name} ${selectionOf(each, depth)}`).join(" ")} }`;
    }
    if (!isObjectType(type)) return "";
    const fields = Object.values(type.getFields());
    const isLeaf = (field: GraphQLField<unknown, unknown>) => isLeafType(getNamedType(field.type));
    const chosen = fields.filter((field) =>
      isLeaf(field) ? random.uniform() < 0.6 : depth < deepest && room > 0 && random.uniform() < 0.4,
    );
    const parts = chosen.map((field) => fieldOf(field, depth));
    return `{ __typename ${parts.join(" ")} }`;
  }

  return () => {
    room = size;
    aliases = 0;
    const root = operation === "query" ? schema.getQueryType() : schema.getMutationType();
    const fields = Object.values(root!.getFields());
    const roots = Array.from({ length: 1 + random.integer(2) }, () => fields[random.integer(fields.length)]);
    return `${operation === "query" ? "" : `${operation} `}{ ${roots.map((field) => fieldOf(field, 0)).join(" ")} }`;
  };
}
