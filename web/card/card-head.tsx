import { Link } from "../app/link";
import type { CardModel } from "./queries";

export interface CardHeadProps {
  readonly model: CardModel;
  readonly populationSize: number;
  /** Address of the leaderboard. */
  readonly to: string;
  /** Where GraphiQL opens with the query of the card. */
  readonly graphiql: string;
}

/** A model's name, and how it stands on each root. */
export function CardHead({ model, populationSize, to, graphiql }: CardHeadProps) {
  const roots = model.scores.filter(({ parent }) => parent === null);
  return (
    <header className="card-head">
      <div>
        <p className="crumb">
          <Link to={to}>Leaderboard</Link> · <a href={graphiql}>Query in GraphiQL</a>
        </p>
        <h1>{model.name}</h1>
        <p className="soft">
          {model.contributor?.displayName ?? "Contributor unknown"}
          {!model.isPublic && <strong className="private"> · private: only you and admins see it</strong>}
        </p>
        <p className="soft">Ranks are among {populationSize} public models.</p>
      </div>
      <dl className="headline">
        {roots.map(({ benchmark, display, rank, statistics, coverage }) => (
          <div key={benchmark.identifier}>
            <dt>{benchmark.identifier}</dt>
            <dd>
              <b>{display}</b>
              <span>{rank === null ? "failed" : `rank ${rank} of ${statistics.count}`}</span>
              <small>
                {coverage.scored} of {coverage.leaves} benchmarks
              </small>
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
