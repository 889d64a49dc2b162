import { useMemo } from "react";
import { Link } from "../app/link";
import { useLocation } from "../app/location";
import { paths } from "../app/routes";
import { ConditionChips } from "../conditions/condition-chips";
import { keepConditions } from "../conditions/keep-conditions";
import { readConditions } from "../conditions/read-conditions";
import { useAnswer } from "../graph/use-answer";
import { NewScores } from "../live/new-scores";
import { Failure } from "../parts/failure";
import { NothingHere } from "../parts/nothing-here";
import { QueryBehind } from "../parts/query-behind";
import { Skeleton } from "../parts/skeleton";
import { TextToCopy } from "../parts/text-to-copy";
import { useTitle } from "../parts/use-title";
import { BenchmarkStatistics } from "./benchmark-statistics";
import { BenchmarkVersions } from "./benchmark-versions";
import { Correlates } from "./correlates";
import { benchmarkQuery } from "./queries";
import { TopModels } from "./top-models";

/** Everything about one benchmark, under the conditions of the address. */
export function BenchmarkPage({ domain, identifier }: { readonly domain: string; readonly identifier: string }) {
  const { search } = useLocation();
  const kept = keepConditions(search);
  const variables = useMemo(() => ({ domain, identifier, under: readConditions(new URLSearchParams(kept)) }), [domain, identifier, kept]);
  const { data, error } = useAnswer(benchmarkQuery, variables);
  useTitle(identifier);
  if (error) return <Failure error={error} />;
  if (!data) return <Skeleton shape="card" />;
  const { benchmark } = data;
  if (!benchmark)
    return (
      <NothingHere title={`There is no benchmark “${identifier}”`}>
        <p>
          <Link to={paths.leaderboard(domain)}>The tree of all benchmarks</Link>
        </p>
      </NothingHere>
    );
  const toBenchmark = (other: string) => `${paths.benchmark(domain, other)}${kept}`;
  const { ancestors, children, reference, parent } = benchmark;
  return (
    <article className="card benchmark">
      <header className="card-head">
        <div>
          <nav className="crumb" aria-label="Place in the tree">
            <Link to={`${paths.leaderboard(domain)}${kept}`}>Leaderboard</Link>
            {ancestors.map((ancestor) => (
              <span key={ancestor.identifier}>
                {" › "}
                <Link to={toBenchmark(ancestor.identifier)}>{ancestor.identifier}</Link>
              </span>
            ))}
          </nav>
          <h1>{identifier}</h1>
          <p className="soft">
            {benchmark.isLeaf
              ? "A leaf, which models are run on"
              : `The average of ${children.length}, over ${benchmark.leafCount} benchmarks`}
            {benchmark.isRaw && " · raw scores count"}
            {!benchmark.isVisible && " · not shown in listings"}
          </p>
          {reference && (
            <p className="soft">
              {reference.url ? (
                <a href={reference.url} rel="noreferrer">
                  {reference.label}
                </a>
              ) : (
                reference.label
              )}
              {reference.title && `: ${reference.title}`}
            </p>
          )}
        </div>
      </header>
      <ConditionChips search={search} />
      <NewScores domain={domain} shown={data.standings.revision} search={search} />
      <div className="card-body">
        <div className="wide">
          <BenchmarkStatistics statistics={benchmark.statistics} />
          {children.length > 0 && (
            <section aria-labelledby="children-title">
              <h2 id="children-title">Averages</h2>
              <ul className="names">
                {children.map((child) => (
                  <li key={child.identifier}>
                    <Link to={toBenchmark(child.identifier)}>{child.identifier}</Link> <small>{child.leafCount}</small>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <BenchmarkVersions versions={benchmark.versions} of={identifier} />
          <Correlates
            {...{ domain, identifier }}
            under={variables.under}
            others={[...ancestors, ...(parent?.children ?? []), ...children].map((other) => other.identifier)}
          />
        </div>
        <aside>
          <TopModels domain={domain} benchmark={benchmark} kept={kept} />
          {reference && <TextToCopy title="BibTeX" text={reference.citation} />}
          <QueryBehind query={benchmarkQuery} variables={variables} />
        </aside>
      </div>
    </article>
  );
}
