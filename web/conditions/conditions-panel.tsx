import { Menu } from "../parts/menu";
import type { Listed, Tree } from "../tree/tree";
import { ConditionsForm } from "./conditions-form";
import { isCondition } from "./is-condition";

export interface ConditionsPanelProps {
  readonly domain: string;
  readonly search: URLSearchParams;
  readonly tree: Tree<Listed>;
}

/** Opens the conditions that a page is under. What can be chosen is asked for when it opens. */
export function ConditionsPanel({ domain, search, tree }: ConditionsPanelProps) {
  const count = [...search.keys()].filter(isCondition).length;
  return (
    <Menu size="wide" title={`Conditions${count > 0 ? ` (${count})` : ""}`}>
      {() => <ConditionsForm domain={domain} search={search} identifiers={[...tree.byIdentifier.keys()]} />}
    </Menu>
  );
}
