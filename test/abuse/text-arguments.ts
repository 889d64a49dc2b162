import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from "graphql";

/** A place where a text can be given. */
export interface TextPlace {
  /** Such as `Query.models(filter.search)`. */
  readonly name: string;
  /** A whole operation that gives a text there, and what else must be given. */
  readonly write: (alias: string, text: string) => string;
}

/** What must be given beside a text, by name of the argument or by its type. */
const GIVEN: Readonly<Record<string, string>> = {
  ...{
    domain: `"vision"`,
    slug: `"vision"`,
    identifier: `"a"`,
    benchmark: `"a"`,
    benchmarks: `["a", "b"]`,
    x: `"a"`,
    y: `"b"`,
    with: `"b"`,
  },
  ...{
    name: `"alpha"`,
    model: `"alpha"`,
    models: `["alpha", "beta"]`,
    from: "{}",
    references: "[]",
    ids: "[]",
    id: `"x"`,
    version: "1",
    number: "9",
  },
  ...{ String: `"x"`, ID: `"x"`, Int: "1", Float: "0.5", Boolean: "true", DateTime: `"2021-01-01"`, URL: `"https://example.org/"` },
};

/** How deep inputs are entered: filters hold filters. */
const DEEPEST = 4;

type Input = GraphQLArgument | GraphQLInputField;

function given({ name, type }: Input): string {
  const named = getNamedType(type);
  if (GIVEN[name] !== undefined && !isInputObjectType(named)) return GIVEN[name];
  const one = isInputObjectType(named)
    ? `{${Object.values(named.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined).map((field) => `${field.name}: ${given(field)}`).join(", ")}}` // prettier-ignore
    : isEnumType(named)
      ? named.getValues()[0].name
      : GIVEN[named.name];
  return isListType(getNullableType(type)) ? `[${one}]` : one;
}

const needed = (inputs: readonly Input[], except: string): string =>
  inputs.filter(({ name, type, defaultValue }) => name !== except && isNonNullType(type) && defaultValue === undefined).map((each) => `, ${each.name}: ${given(each)}`).join(""); // prettier-ignore

/** Everywhere below an input that takes a text, with what writes the input's value. */
function* textsBelow(input: Input, depth = 0): Generator<{ path: string; write: (text: string) => string }> {
  const listed = (type: GraphQLInputType, value: string): string => (isListType(getNullableType(type)) ? `[${value}]` : value);
  const named = getNamedType(input.type);
  if (isScalarType(named) && ["String", "ID", "URL", "DateTime"].includes(named.name))
    yield { path: input.name, write: (text) => listed(input.type, text) };
  if (!isInputObjectType(named) || depth > DEEPEST) return;
  const fields = Object.values(named.getFields());
  for (const field of fields) {
    // A filter in a filter takes the same texts.
    if (getNamedType(field.type) === named) continue;
    for (const { path, write } of textsBelow(field, depth + 1))
      yield {
        path: `${input.name}.${path}`,
        write: (text) => listed(input.type, `{${field.name}: ${write(text)}${needed(fields, field.name)}}`),
      };
  }
}

/** What to ask of an object so that the field is executed: the least. */
const leastOf = ({ type }: GraphQLField<unknown, unknown>): string =>
  isScalarType(getNamedType(type)) || isEnumType(getNamedType(type)) ? "" : " { __typename }";

const call = ({ name, args }: GraphQLField<unknown, unknown>, argument = "", value = ""): string => {
  const all = `${argument ? `, ${argument}: ${value}` : ""}${needed(args, argument)}`.slice(2);
  return all ? `${name}(${all})` : name;
};

/** Every text argument of every field that a query or a mutation reaches, by the shortest way there. */
export function textPlaces(schema: GraphQLSchema, operation: "query" | "mutation"): TextPlace[] {
  const places: TextPlace[] = [];
  const known = new Set<GraphQLObjectType>();
  const root = operation === "query" ? schema.getQueryType()! : schema.getMutationType()!;
  let level: { type: GraphQLObjectType; wrap: (alias: string, inner: string) => string }[] = [
    { type: root, wrap: (alias, inner) => `${alias}: ${inner}` },
  ];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { type, wrap } of level) {
      if (known.has(type)) continue;
      known.add(type);
      for (const field of Object.values(type.getFields())) {
        for (const argument of field.args)
          for (const { path, write } of textsBelow(argument))
            places.push({
              name: `${type.name}.${field.name}(${path})`,
              write: (alias, text) => wrap(alias, call(field, argument.name, write(text)) + leastOf(field)),
            });
        const below = getNamedType(field.type);
        if (isObjectType(below) && operation === "query")
          next.push({ type: below, wrap: (alias, inner) => wrap(alias, `${call(field)} { ${inner} }`) });
      }
    }
    level = next;
  }
  return places;
}
