import {
  Kind,
  parse,
  parseType,
  print,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type ConstValueNode,
  type DirectiveNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
} from "graphql";
import type { Seeded } from "../../bench/seeded";
import type { Asked } from "./ask-both";

const named = (value: string) => ({ kind: Kind.NAME, value }) as const;
const variable = (name: string) => ({ kind: Kind.VARIABLE, name: named(name) }) as const;

/** What no input takes, or not every one. */
const ODD_VALUES: readonly unknown[] = [null, "odd", -1, 1.5, true, {}, [], [null], { odd: 1 }];

/**
 * Asks nearly the same in another way: arguments become variables, of which some have defaults and some do not fit; fields get
 * conditions; fields that are the same are asked twice; selections move to fragments. What comes of it need not be valid.
 */
export function varyQuery(schema: GraphQLSchema, query: string, random: Seeded): Asked {
  const chance = (probability: number) => random.uniform() < probability;
  const definitions: VariableDefinitionNode[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: FragmentDefinitionNode[] = [];

  function define(type: string, given: unknown, defaultValue?: ConstValueNode): string {
    const name = `v${definitions.length}`;
    definitions.push({ kind: Kind.VARIABLE_DEFINITION, variable: variable(name), type: parseType(type), defaultValue });
    if (given !== undefined) variables[name] = given;
    return name;
  }

  function condition(): DirectiveNode[] {
    if (!chance(0.12)) return [];
    const isSkip = chance(0.5);
    const applies = chance(0.3);
    const value = applies === isSkip;
    const given: ValueNode = chance(0.5) && definitions.length < 12 ? variable(define("Boolean!", value)) : { kind: Kind.BOOLEAN, value };
    const argument: ArgumentNode = { kind: Kind.ARGUMENT, name: named("if"), value: given };
    return [{ kind: Kind.DIRECTIVE, name: named(isSkip ? "skip" : "include"), arguments: [argument] }];
  }

  function regroup(set: SelectionSetNode, type: string): SelectionSetNode {
    const selections: SelectionNode[] = set.selections.flatMap((selection) => (chance(0.08) ? [selection, selection] : [selection]));
    if (!chance(0.2)) return { ...set, selections };
    const cut = random.integer(selections.length);
    const [kept, moved] = [selections.slice(0, cut), selections.slice(cut)];
    const inner: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: moved };
    const typeCondition = { kind: Kind.NAMED_TYPE, name: named(type) } as const;
    if (chance(0.4)) return { ...set, selections: [...kept, { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: condition(), selectionSet: inner }] }; // prettier-ignore
    const name = `F${fragments.length}`;
    fragments.push({ kind: Kind.FRAGMENT_DEFINITION, name: named(name), typeCondition, selectionSet: inner });
    const spread: SelectionNode = { kind: Kind.FRAGMENT_SPREAD, name: named(name), directives: condition() };
    return { ...set, selections: chance(0.2) ? [spread, ...kept, spread] : [...kept, spread] };
  }

  const types = new TypeInfo(schema);
  const varied = visit(
    parse(query),
    visitWithTypeInfo(types, {
      Argument(node) {
        const type = types.getInputType();
        if (!type || !chance(0.3)) return undefined;
        const value = chance(0.08) ? ODD_VALUES[random.integer(ODD_VALUES.length)] : (valueFromASTUntyped(node.value) as unknown);
        const hasDefault = chance(0.2) && !String(type).endsWith("!");
        const name = define(String(type), hasDefault && chance(0.6) ? undefined : value, hasDefault ? (node.value as ConstValueNode) : undefined); // prettier-ignore
        return { ...node, value: variable(name) };
      },
      Field: {
        leave(node) {
          const isAlone = !node.selectionSet && !node.arguments?.length;
          return { ...node, alias: isAlone && chance(0.5) ? undefined : node.alias, directives: condition() };
        },
      },
      SelectionSet: { leave: (node) => regroup(node, types.getParentType()!.name) },
    }),
  );
  const [operation, ...others] = varied.definitions;
  const all = [{ ...operation, name: named("Q"), variableDefinitions: definitions }, ...others, ...fragments];
  return { query: print({ ...varied, definitions: all as typeof varied.definitions }), variables };
}
