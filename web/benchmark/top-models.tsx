import { Link } from "../app/link";
import { paths } from "../app/routes";
import { FileLinks } from "../parts/file-links";
import { rampStep } from "../parts/ramp-step";
import type { BenchmarkShown } from "./queries";

export interface TopModelsProps {
  readonly domain: string;
  readonly benchmark: BenchmarkShown;
  /** Conditions, to put behind addresses. */
  readonly kept: string;
}

/** The first models of a benchmark, and the way to all of them. */
export function TopModels({ domain, benchmark, kept }: TopModelsProps) {
  const { identifier, leaderboard, statistics } = benchmark;
  const sorted = `${paths.leaderboard(domain)}${kept === "" ? "?" : `${kept}&`}sort=${encodeURIComponent(identifier)}`;
  return (
    <section aria-labelledby="top-title">
      <h2 id="top-title">Leaderboard</h2>
      <ol className="top-models">
        {leaderboard.nodes.map(({ rank, model, score }) => (
          <li key={model.name}>
            <span className="rank">{rank ?? "X"}</span>
            <Link to={`${paths.model(domain, model.name)}${kept}`}>{model.name}</Link>
            <span className={`cell ${score.value === null ? "failed" : rampStep(score.value, statistics.min ?? 0, statistics.max ?? 1)}`}>
              {score.display}
            </span>
          </li>
        ))}
      </ol>
      {leaderboard.totalCount === 0 ? (
        <p>No model was run on it.</p>
      ) : (
        <p>
          <Link to={sorted}>All {leaderboard.totalCount} models</Link>
          <br />
          <FileLinks domain={domain} table="leaderboard" kept={kept} benchmark={identifier} />
        </p>
      )}
    </section>
  );
}
