import { useMemo } from "react";
import { useLocation } from "../app/location";
import { ConditionChips } from "../conditions/condition-chips";
import { ConditionsPanel } from "../conditions/conditions-panel";
import { keepConditions } from "../conditions/keep-conditions";
import { readConditions } from "../conditions/read-conditions";
import { useAnswer } from "../graph/use-answer";
import { Failure } from "../parts/failure";
import { Skeleton } from "../parts/skeleton";
import { useTitle } from "../parts/use-title";
import { buildTree } from "../tree/tree";
import { unfolded } from "../tree/unfolded";
import { CorrelationMatrix } from "./correlation-matrix";
import { ModelsBeside } from "./models-beside";
import { treeQuery } from "./queries";
import { TwoBenchmarks } from "./two-benchmarks";

/** Models beside each other, two benchmarks against each other, and how many benchmarks go together: all under the conditions of the address. */
export function ComparePage({ domain }: { readonly domain: string }) {
  const { search } = useLocation();
  const kept = keepConditions(search);
  const under = useMemo(() => readConditions(new URLSearchParams(kept)), [kept]);
  const { data, error } = useAnswer(treeQuery, { domain, under });
  useTitle("Compare");
  const tree = useMemo(() => buildTree(data?.standings.tree ?? []), [data]);
  if (error) return <Failure error={error} />;
  if (!data) return <Skeleton shape="text" />;
  const nodes = unfolded(tree.roots, () => true);
  return (
    <div className="card compare">
      <header className="top">
        <h1>Compare</h1>
        <ConditionsPanel domain={domain} search={search} tree={tree} />
      </header>
      <ConditionChips search={search} />
      <ModelsBeside {...{ domain, under, search, tree }} />
      <TwoBenchmarks {...{ domain, under, search }} identifiers={nodes.map(({ identifier }) => identifier)} />
      <CorrelationMatrix {...{ domain, under, search, tree }} />
    </div>
  );
}
