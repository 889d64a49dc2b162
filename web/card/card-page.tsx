import { useMemo } from "react";
import { Link } from "../app/link";
import { useLocation } from "../app/location";
import { paths } from "../app/routes";
import { ConditionChips } from "../conditions/condition-chips";
import { keepConditions } from "../conditions/keep-conditions";
import { readConditions } from "../conditions/read-conditions";
import { graphiqlLink } from "../graph/graphiql-link";
import { printQuery } from "../graph/print-query";
import { useAnswer } from "../graph/use-answer";
import { NewScores } from "../live/new-scores";
import { Failure } from "../parts/failure";
import { NothingHere } from "../parts/nothing-here";
import { QueryBehind } from "../parts/query-behind";
import { Skeleton } from "../parts/skeleton";
import { TextToCopy } from "../parts/text-to-copy";
import { useTitle } from "../parts/use-title";
import { CardFacts } from "./card-facts";
import { CardHead } from "./card-head";
import { CardTree } from "./card-tree";
import { CardTrend } from "./card-trend";
import { cardQuery } from "./queries";

/** Everything about one model, under the conditions of the address. */
export function CardPage({ domain, name }: { readonly domain: string; readonly name: string }) {
  const { search } = useLocation();
  const conditions = keepConditions(search);
  const isNotRunShown = search.get("notRun") === "1";
  const variables = useMemo(
    () => ({
      domain,
      name,
      under: readConditions(new URLSearchParams(conditions)),
      states: isNotRunShown ? (["SCORED", "FAILED", "NOT_RUN"] as const).slice() : undefined,
    }),
    [domain, name, conditions, isNotRunShown],
  );
  const { data, error } = useAnswer(cardQuery, variables);
  useTitle(name);
  if (error)
    return (
      <Failure error={error}>
        <a className="button" href={paths.model(domain, name)}>
          Without conditions
        </a>
      </Failure>
    );
  if (!data) return <Skeleton shape="card" />;
  const { model, standings } = data;
  if (!model)
    return (
      <NothingHere title={`There is no model “${name}”`}>
        <p>It may be private: its owner sees it after signing in.</p>
        <p>
          <Link to={`${paths.leaderboard(domain)}${conditions}`}>All models</Link>
        </p>
      </NothingHere>
    );
  return (
    <article className="card">
      <CardHead
        model={model}
        populationSize={standings.populationSize}
        to={`${paths.leaderboard(domain)}${conditions}`}
        graphiql={graphiqlLink(printQuery(cardQuery), variables)}
      />
      <ConditionChips search={search} />
      <NewScores domain={domain} shown={standings.revision} search={search} />
      <div className="card-body">
        {model.scores.length > 0 ? (
          <CardTree domain={domain} scores={model.scores} search={search} />
        ) : (
          <section className="state">
            <h2>No scores under these conditions</h2>
            <p>The model was run on none of the benchmarks that count.</p>
          </section>
        )}
        <aside>
          <CardTrend
            {...{ domain, name }}
            under={variables.under}
            benchmark={search.get("trend")}
            benchmarks={model.scores.map(({ benchmark }) => benchmark.identifier)}
          />
          <CardFacts model={model} />
          {model.usage !== null && <TextToCopy title="How to use" text={model.usage} />}
          {model.bibliography !== "" && <TextToCopy title="BibTeX of model and benchmarks" text={model.bibliography} />}
          <QueryBehind query={cardQuery} variables={variables} />
        </aside>
      </div>
    </article>
  );
}
