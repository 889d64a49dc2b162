import {
  type ConstDirectiveNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  parse,
} from "graphql";
import { invariant } from "../errors";
import { DEFAULT_PAGE } from "./page-arguments";
import { isExternal } from "./requirement";

/** What is known of the work that fields make, by their paths, such as "Model.scores". */
export interface Work {
  /** How many entries a list of objects is expected to have where no argument tells, nearly at most. Default: 10; 25 of a page. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** How many objects of an answer a field takes as much work as, besides those that it gives. Default: none. */
  readonly costs?: Readonly<Record<string, number>>;
}

/** Entries that a list of objects is expected to have if nobody says more. */
const ASSUMED_SIZE = 10;

/** Arguments that say how many entries there are at most. */
const SLICING = ["first", "last", "bins"];

const directive = (text: string): ConstDirectiveNode => {
  const [definition] = parse(`type T { f: Int ${text} }`, { noLocation: true }).definitions;
  invariant(definition.kind === Kind.OBJECT_TYPE_DEFINITION, "a type is none");
  return definition.fields![0].directives![0] as ConstDirectiveNode;
};

/** How many entries the lists have that a field leads to; null if it leads to none. */
function sizeOf({ args, type }: GraphQLField<unknown, unknown>, expected: number | undefined): string | null {
  const named = getNamedType(type);
  const slicing = args.flatMap(({ name }) => (SLICING.includes(name) ? [`"${name}"`] : []));
  const sliced = slicing.length > 0 ? `slicingArguments: [${slicing.join(", ")}], requireOneSlicingArgument: false, ` : "";
  if (isObjectType(named) && named.name.endsWith("Connection"))
    return `@listSize(${sliced}sizedFields: ["edges", "nodes"], assumedSize: ${expected ?? DEFAULT_PAGE})`;
  if (!isListType(getNullableType(type)) || !isCompositeType(named)) return null;
  return `@listSize(${sliced}assumedSize: ${expected ?? ASSUMED_SIZE})`;
}

/**
 * Says of every list of objects how long it is expected to be, and of costly fields what they cost, by the directives that routers know:
 * https://specs.apollo.dev/cost/v0.1. The lists of a page are sized by the field that the page is of. Throws on a field that there is not.
 */
export function tellWork(schema: GraphQLSchema, { sizes = {}, costs = {} }: Work): void {
  const known = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__") || type.name.endsWith("Connection")) continue;
    for (const field of Object.values(type.getFields())) {
      const path = `${type.name}.${field.name}`;
      known.add(path);
      if (isExternal(field)) continue;
      const texts = [sizeOf(field, sizes[path]), path in costs ? `@cost(weight: ${costs[path]})` : null];
      const added = texts.flatMap((text) => (text === null ? [] : [directive(text)]));
      if (added.length > 0) field.astNode = withDirectives(field, added);
    }
  }
  const unknown = [...Object.keys(sizes), ...Object.keys(costs)].filter((path) => !known.has(path));
  invariant(unknown.length === 0, `there is no field ${unknown.join(", ")} to say the work of`);
}

const withDirectives = ({ astNode, name, type }: GraphQLField<unknown, unknown>, added: readonly ConstDirectiveNode[]) => ({
  ...(astNode ?? {
    kind: Kind.FIELD_DEFINITION as const,
    name: { kind: Kind.NAME as const, value: name },
    type: { kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: getNamedType(type).name } },
  }),
  directives: [...(astNode?.directives ?? []), ...added],
});
