import { Link } from "../app/link";
import { paths } from "../app/routes";
import { useAnswer } from "../graph/use-answer";
import { Failure } from "../parts/failure";
import { Skeleton } from "../parts/skeleton";
import { useTitle } from "../parts/use-title";
import { domainsQuery } from "./domains-query";

/** The domains, and the ways into the API. */
export function HomePage() {
  const { data, error } = useAnswer(domainsQuery, {});
  useTitle("Domains");
  if (error) return <Failure error={error} />;
  if (!data) return <Skeleton shape="text" />;
  return (
    <div className="home">
      <h1>Scores, ranks and citations of models on trees of benchmarks</h1>
      <ul className="domains">
        {data.domains.map(({ slug, name, modelCount, leafCount, roots }) => (
          <li key={slug}>
            <Link to={paths.leaderboard(slug)}>{name}</Link>
            <p>
              {modelCount} models on {leafCount} benchmarks
            </p>
            {roots[0] && (
              <ol>
                {roots[0].leaderboard.nodes.map(({ rank, model, score }) => (
                  <li key={model.name}>
                    <span className="rank">{rank}</span>
                    <Link to={paths.model(slug, model.name)}>{model.name}</Link>
                    <span className="value">{score.display}</span>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ul>
      {data.domains.length === 0 && <p>There is no domain yet. Import a data set, and it appears here.</p>}
      <h2>From a program</h2>
      <p>
        Every number here comes from one GraphQL API. Write queries in <a href="/graphiql">GraphiQL</a>, read{" "}
        <a href="/schema.graphql">the schema</a>, or send a query as JSON to <code>/graphql</code>:
      </p>
      <pre tabIndex={0} aria-label="A request with curl">
        <code>{`curl -H 'content-type: application/json' \\\n  -d '{"query": "{ domains { slug leafCount modelCount } }"}' \\\n  ${location.origin}/graphql`}</code>
      </pre>
    </div>
  );
}
