import { type DocumentNode, Kind, type SelectionSetNode } from "graphql";

/** True if a document asks for the schema, wherever in it. (What a subgraph tells of itself for composition, `_service`, is no part of that.) */
export function asksForSchema({ definitions }: DocumentNode): boolean {
  const asks = ({ selections }: SelectionSetNode): boolean =>
    selections.some(
      (node) =>
        (node.kind === Kind.FIELD && (node.name.value === "__schema" || node.name.value === "__type")) ||
        (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet !== undefined && asks(node.selectionSet)),
    );
  return definitions.some((node) => "selectionSet" in node && asks(node.selectionSet));
}
