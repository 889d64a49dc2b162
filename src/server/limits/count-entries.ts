import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  isEnumType,
  isInputObjectType,
  isListType,
  Kind,
  type FieldNode,
  type ValueNode,
} from "graphql";
import type { Given } from "./estimate";
import type { ListSize } from "./read-work";

/** A number that may depend on variables; null: nobody said. */
type Said = (given: Given) => number | null;

type Field = GraphQLField<unknown, unknown>;

/** What an argument says, as a number: `measure` reads it. Default values count. */
function saidBy(field: Field, node: FieldNode, name: string, measure: (value: unknown) => number | null, defaults: Given): Said {
  const literal = node.arguments?.find((argument) => argument.name.value === name)?.value;
  const standard = measure(field.args.find((argument) => argument.name === name)?.defaultValue);
  if (!literal) return () => standard;
  if (literal.kind === Kind.VARIABLE) {
    const variable = literal.name.value;
    return (given) => {
      const value = given[variable] === undefined ? defaults[variable] : given[variable];
      return value === undefined ? standard : measure(value);
    };
  }
  const value = measure(asGiven(literal));
  return () => value;
}

/** A literal, as far as it is measured: a number, or a list of any things. */
function asGiven(literal: ValueNode): unknown {
  if (literal.kind === Kind.INT) return Number(literal.value);
  if (literal.kind === Kind.LIST) return literal.values;
  return literal.kind === Kind.NULL ? null : literal.kind;
}

/** Numbers that are none, or out of range, are refused by who reads them: they count as nothing, or as they are. */
const asNumber = (value: unknown): number | null => (typeof value === "number" && value >= 0 ? value : value == null ? null : 0);

/** A single value stands for a list of it. */
const asLength = (value: unknown): number | null => (Array.isArray(value) ? value.length : value == null ? null : 1);

/** Names, ids and representations: a list of them asks for one thing each. */
const namesThings = ({ type }: Field["args"][number]): boolean => {
  const named = getNamedType(type);
  return isListType(getNullableType(type)) && !isEnumType(named) && !isInputObjectType(named);
};

/**
 * How many entries a list has at most, as far as can be told: as many as its arguments ask for, as many things as they name, or as is
 * assumed. `defaults`: of the variables.
 */
export function countEntries(field: Field, node: FieldNode, size: ListSize, defaults: Given): (given: Given) => number {
  const slices = size.slicingArguments.map((name) => saidBy(field, node, name, asNumber, defaults));
  const names = field.args.filter(namesThings).map(({ name }) => saidBy(field, node, name, asLength, defaults));
  return (given) => {
    const sliced = slices.flatMap((said) => said(given) ?? []);
    const named = names.flatMap((said) => said(given) ?? []);
    const most = sliced.length > 0 ? Math.max(...sliced) : null;
    const things = named.length > 0 ? named.reduce((sum, count) => sum + count) : null;
    if (things === null) return most ?? size.assumedSize;
    return Math.min(things, most ?? (size.sizedFields ? size.assumedSize : Infinity));
  };
}
