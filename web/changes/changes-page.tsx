import { useMemo } from "react";
import { changeSearch } from "../app/change-search";
import { Link } from "../app/link";
import { useLocation } from "../app/location";
import { paths } from "../app/routes";
import { BenchmarkSelect } from "../compare/benchmark-select";
import { ConditionChips } from "../conditions/condition-chips";
import { readConditions } from "../conditions/read-conditions";
import { useAnswer } from "../graph/use-answer";
import { displayValue } from "../parts/display-value";
import { Failure } from "../parts/failure";
import { QueryBehind } from "../parts/query-behind";
import { Skeleton } from "../parts/skeleton";
import { useTitle } from "../parts/use-title";
import { MomentChoice } from "./moment-choice";
import { readMoment } from "./moment";
import { changesQuery } from "./query";

/** The day a year before today. */
function yearAgo(): string {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() - 1);
  return day.toISOString().slice(0, 10);
}

/** Contributions below this are not shown: four decimals would be zeros. */
const LEAST = 0.00005;

const signed = (text: string, gain: number) => (gain > 0 ? `+${text}` : text);

/** Who moved on a benchmark between two moments, the biggest move first. */
export function ChangesPage({ domain }: { readonly domain: string }) {
  const { search } = useLocation();
  const from = search.get("from") ?? yearAgo();
  const to = search.get("to");
  const benchmark = search.get("benchmark");
  const after = search.get("after");
  const variables = useMemo(() => {
    const under = readConditions(search);
    return {
      ...{ domain, benchmark, after },
      from: readMoment(from)!,
      to: readMoment(to),
      under: under && { ...under, asOf: undefined, release: undefined },
    };
  }, [domain, benchmark, after, from, to, search]);
  const { data, error, isWaiting } = useAnswer(changesQuery, variables);
  useTitle("Changes");
  if (error)
    return (
      <Failure error={error}>
        <a className="button" href={paths.changes(domain)}>
          The last year
        </a>
      </Failure>
    );
  if (!data) return <Skeleton shape="text" />;
  const { changes, releases, benchmarks } = data;
  return (
    <div className="card changes" aria-busy={isWaiting}>
      <header className="top">
        <h1>Changes</h1>
        <MomentChoice label="from" name="from" value={from} releases={releases} />
        <MomentChoice label="to (now, if empty)" name="to" value={to} releases={releases} />
        <BenchmarkSelect
          label="on"
          name="benchmark"
          value={benchmark ?? benchmarks.nodes[0]?.identifier ?? ""}
          identifiers={benchmarks.nodes.map(({ identifier }) => identifier)}
        />
      </header>
      <ConditionChips search={search} />
      {changes.totalCount === 0 ? (
        <section className="state">
          <h2>Nobody moved</h2>
          <p>Between these two moments nothing changed on this benchmark.</p>
        </section>
      ) : (
        <>
          <p className="soft">{changes.totalCount} models moved. Ranks also fall because others come in.</p>
          <div className="scroll" tabIndex={0} role="region" aria-label="Who moved">
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">Model</th>
                  <th scope="col">Rank</th>
                  <th scope="col">Moved</th>
                  <th scope="col">Value</th>
                  <th scope="col">Changed</th>
                  <th scope="col">By</th>
                </tr>
              </thead>
              <tbody>
                {changes.nodes.map((change) => (
                  <tr key={change.model.name}>
                    <th scope="row">
                      <Link to={paths.model(domain, change.model.name)}>{change.model.name}</Link>
                    </th>
                    <td className="gain">
                      {change.before?.rank ?? "–"} → {change.after?.rank ?? "–"}
                    </td>
                    <td className="gain">
                      {change.rankGain === null
                        ? "new"
                        : change.rankGain > 0
                          ? `▲ ${change.rankGain}`
                          : change.rankGain < 0
                            ? `▼ ${-change.rankGain}`
                            : ""}
                    </td>
                    <td className="gain">
                      {change.before?.display || "–"} → {change.after?.display || "–"}
                    </td>
                    <td>
                      {change.valueGain !== null && change.valueGain !== 0 && signed(displayValue(change.valueGain), change.valueGain)}
                    </td>
                    <td className="soft">
                      {change.contributions
                        .filter(({ value }) => Math.abs(value) >= LEAST)
                        .map(({ benchmark: leaf, value }) => (
                          <div key={leaf.identifier}>
                            {signed(displayValue(value, 4), value)} {leaf.identifier}
                          </div>
                        ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="ways">
            {after !== null && (
              <button type="button" onClick={() => changeSearch({ after: null })}>
                First page
              </button>
            )}
            {changes.pageInfo.hasNextPage && (
              <button type="button" onClick={() => changeSearch({ after: changes.pageInfo.endCursor })}>
                Next page
              </button>
            )}
          </p>
        </>
      )}
      <QueryBehind query={changesQuery} variables={variables} />
    </div>
  );
}
