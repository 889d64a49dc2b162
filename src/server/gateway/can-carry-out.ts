import type { PlanNode, RequiresSelection } from "@graphql-hive/router-query-planner";

const isPlain = (requires: readonly RequiresSelection[]): boolean =>
  requires.every((each) => {
    if (each.kind === "FragmentSpread") return false;
    if (each.kind === "Field") return each.alias === undefined && isPlain(each.selections ?? []);
    return each.skipIf === undefined && each.includeIf === undefined && isPlain(each.selections);
  });

/** True if a plan is of the kinds of steps that are carried out here: none that renames what is sent or answered, and no subscription. */
export function canCarryOut(node: PlanNode | undefined): boolean {
  switch (node?.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.every(canCarryOut);
    case "Condition":
      return [node.ifClause, node.elseClause].every((each) => each === undefined || canCarryOut(each));
    case "Flatten":
      return node.node.kind === "Fetch" && node.node.requires !== undefined && canCarryOut(node.node);
    case "Fetch":
      return !node.inputRewrites?.length && !node.outputRewrites?.length && isPlain(node.requires ?? []);
    case "BatchFetch":
      return node.entityBatch.aliases.every(
        ({ inputRewrites, outputRewrites, requires }) => !inputRewrites?.length && !outputRewrites?.length && isPlain(requires),
      );
    default:
      return false;
  }
}
