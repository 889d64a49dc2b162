import { isAbstractType, Kind, type GraphQLResolveInfo, type GraphQLSchema, type SelectionSetNode } from "graphql";
import type { Place } from "./places";

interface Selecting {
  readonly selectionSet?: SelectionSetNode;
}

/** True if a fragment on this type holds for an entity of the name. */
function applies(condition: string | undefined, typeName: string, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === typeName) return true;
  const type = schema.getType(condition);
  return isAbstractType(type) && schema.getPossibleTypes(type).some(({ name }) => name === typeName);
}

/** True if a selection asks an entity for a field that its place cannot answer. `@skip` and `@include` are taken as if all were asked. */
export function asksBeyond(place: Place, node: Selecting, info: Pick<GraphQLResolveInfo, "fragments" | "schema">): boolean {
  const known = place.asked.get(node);
  if (known !== undefined) return known;
  const answer = (node.selectionSet?.selections ?? []).some((selection) => {
    if (selection.kind === Kind.FIELD) return place.beyond.has(selection.name.value);
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection;
    return applies(fragment.typeCondition?.name.value, place.typeName, info.schema) && asksBeyond(place, fragment, info);
  });
  place.asked.set(node, answer);
  return answer;
}
