import { Kind, parse, type FieldNode, type GraphQLField } from "graphql";
import { invariant } from "../errors";

/** The value of a directive's argument `fields` on a field, as printed; null if it has no such directive. */
function fieldsOfDirective(field: GraphQLField<unknown, unknown>, name: string): string | null {
  const directive = field.astNode?.directives?.find((found) => found.name.value === name);
  const value = directive?.arguments?.find((argument) => argument.name.value === "fields")?.value;
  return value?.kind === Kind.STRING ? value.value : null;
}

/** What `@requires(fields: …)` of a field asks for, as a selection; null if it requires nothing. Fragments are refused. */
export function requirement(field: GraphQLField<unknown, unknown>): readonly FieldNode[] | null {
  const fields = fieldsOfDirective(field, "requires");
  if (fields === null) return null;
  const [definition] = parse(`{ ${fields} }`).definitions;
  invariant(definition.kind === Kind.OPERATION_DEFINITION, `@requires of ${field.name} is no selection.`);
  return definition.selectionSet.selections.map((node) => {
    invariant(node.kind === Kind.FIELD, `@requires of ${field.name} holds a fragment: plain fields only.`);
    return node;
  });
}

/** True if a subgraph names the field only to require or provide it. */
export const isExternal = (field: GraphQLField<unknown, unknown>): boolean =>
  field.astNode?.directives?.some((directive) => directive.name.value === "external") ?? false;
