import { useState } from "react";
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
  const [isOpen, setOpen] = useState(false);
  const count = [...search.keys()].filter(isCondition).length;
  return (
    <details className="conditions" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Conditions{count > 0 && ` (${count})`}</summary>
      {isOpen && <ConditionsForm domain={domain} search={search} identifiers={[...tree.byIdentifier.keys()]} />}
    </details>
  );
}
