import { changeSearch } from "../app/change-search";
import type { Conditions } from "../conditions/conditions";
import { correlationsQuery } from "../benchmark/queries";
import { useAnswer } from "../graph/use-answer";
import { displayValue } from "../parts/display-value";
import { rampStep } from "../parts/ramp-step";
import type { Tree } from "../tree/tree";
import { BenchmarkSelect } from "./benchmark-select";
import type { CompareNode } from "./compare-node";

export interface CorrelationMatrixProps {
  readonly domain: string;
  readonly under: Conditions | undefined;
  readonly search: URLSearchParams;
  readonly tree: Tree<CompareNode>;
}

/** Most benchmarks that the API correlates at once. */
const MOST = 40;

/** How the children of a benchmark go together, each with each. */
export function CorrelationMatrix({ domain, under, search, tree }: CorrelationMatrixProps) {
  const parents = [...tree.byIdentifier.values()].filter(({ children }) => children.length > 1).map(({ identifier }) => identifier);
  const of = search.get("of") ?? parents[1] ?? parents[0] ?? "";
  const benchmarks = (tree.byIdentifier.get(of)?.children ?? []).map(({ identifier }) => identifier).slice(0, MOST);
  const { data } = useAnswer(correlationsQuery, { domain, under, benchmarks, method: "SPEARMAN" }, { pause: benchmarks.length < 2 });
  const rows = data?.standings.correlations ?? [];
  return (
    <section aria-labelledby="matrix-title">
      <header className="top">
        <h2 id="matrix-title">Correlations</h2>
        <BenchmarkSelect label="Below" name="of" value={of} identifiers={parents} />
      </header>
      <p className="soft">Spearman’s ρ over the models that are scored on both. Choose a cell to see its models above.</p>
      <div className="scroll" tabIndex={0} role="region" aria-label="Correlations">
        <table className="plain matrix">
          <thead>
            <tr>
              <td />
              {rows[0]?.map(({ y }) => (
                <th scope="col" key={y.identifier} title={y.identifier}>
                  <span>{y.identifier}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row[0].x.identifier}>
                <th scope="row">{row[0].x.identifier}</th>
                {row.map(({ x, y, r, count }) => (
                  <td key={y.identifier} className={`cell ${r === null ? "" : rampStep(r, -1, 1)}`}>
                    {x.identifier !== y.identifier && (
                      <button
                        type="button"
                        title={`${count} models`}
                        aria-label={`${x.identifier} and ${y.identifier}: ${r === null ? "unknown" : displayValue(r, 2)}`}
                        onClick={() => changeSearch({ x: x.identifier, y: y.identifier })}
                      >
                        {r === null ? "" : displayValue(r, 2)}
                      </button>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
