import { Link } from "../app/link";
import { paths } from "../app/routes";
import type { Conditions } from "../conditions/conditions";
import { useAnswer } from "../graph/use-answer";
import { displayValue } from "../parts/display-value";
import { correlationsQuery } from "./queries";

/** Most benchmarks that the API correlates at once. */
const MOST = 40;

export interface CorrelatesProps {
  readonly domain: string;
  readonly identifier: string;
  readonly under: Conditions | undefined;
  /** Identifiers of the benchmarks around it in the tree. */
  readonly others: readonly string[];
}

/** How a benchmark goes together with those around it, the strongest first. */
export function Correlates({ domain, identifier, under, others }: CorrelatesProps) {
  const benchmarks = [...new Set([identifier, ...others])].slice(0, MOST);
  const { data } = useAnswer(correlationsQuery, { domain, benchmarks, under }, { pause: benchmarks.length < 2 });
  const row = (data?.standings.correlations[0] ?? []).filter(({ y, r }) => y.identifier !== identifier && r !== null);
  if (row.length === 0) return null;
  return (
    <section aria-labelledby="correlates-title">
      <h2 id="correlates-title">Correlations over models</h2>
      <table className="plain correlates">
        <thead>
          <tr>
            <th scope="col">With</th>
            <th scope="col">Pearson’s r</th>
            <th scope="col">Models</th>
          </tr>
        </thead>
        <tbody>
          {row
            .toSorted((a, b) => Math.abs(b.r!) - Math.abs(a.r!))
            .map(({ y, r, count }) => (
              <tr key={y.identifier}>
                <th scope="row">
                  <Link to={`${paths.compare(domain)}?x=${encodeURIComponent(identifier)}&y=${encodeURIComponent(y.identifier)}`}>
                    {y.identifier}
                  </Link>
                </th>
                <td>
                  <span className="r" aria-hidden="true">
                    <i style={{ width: `${Math.abs(r!) * 100}%` }} />
                  </span>{" "}
                  {displayValue(r!)}
                </td>
                <td>{count}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
