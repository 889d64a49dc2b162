import { Link } from "../app/link";
import type { Placed } from "../tree/tree";
import { rampStep } from "../parts/ramp-step";
import type { CardNode } from "./card-nodes";
import { prefixOf } from "../tree/prefix-of";
import { RankOf } from "./rank-of";
import { Samples } from "./samples";
import { ScoreBar } from "./score-bar";

export interface CardRowProps {
  readonly node: Placed<CardNode>;
  /** Address of the benchmark's page. */
  readonly to: string;
  readonly isOpen: boolean;
  readonly onFold: (identifier: string) => void;
}

/** What a leaf's data are: sites and region of the recording. */
function Recorded({ version }: Pick<CardNode["score"], "version">) {
  const { sites = null, region = null } = version?.recording ?? {};
  if (sites === null && region === null) return null;
  return (
    <small className="recorded">
      {sites !== null && `${sites} sites`}
      {sites !== null && region !== null && " in "}
      {region}
    </small>
  );
}

/** One benchmark of a card. */
export function CardRow({ node, to, isOpen, onFold }: CardRowProps) {
  const { score, identifier, depth, children, above } = node;
  const prefix = prefixOf(identifier, above);
  const { benchmark, version, state, display, statistics, value, coverage, observation } = score;
  const colour = value === null ? state.toLowerCase().replace("_", "-") : rampStep(value, statistics.min ?? 0, statistics.max ?? 1);
  return (
    <tr className={`depth-${Math.min(depth, 5)} ${benchmark.isLeaf ? "leaf" : "inner"}`}>
      <th scope="row">
        <div>
          {children.length > 0 ? (
            <button
              type="button"
              className="fold"
              aria-expanded={isOpen}
              aria-label={`${isOpen ? "Fold" : "Unfold"} ${identifier}`}
              onClick={() => onFold(identifier)}
            >
              {isOpen ? "▾" : "▸"}
            </button>
          ) : (
            <i className="fold" />
          )}
          <Link className="named" to={to} title={identifier}>
            {prefix !== "" && <span className="prefix">{prefix}</span>}
            {identifier.slice(prefix.length)}
          </Link>
          {version && <small>v{version.number}</small>}
          <Recorded version={version} />
          {benchmark.reference &&
            (benchmark.reference.url ? (
              <a className="cite" href={benchmark.reference.url} rel="noreferrer">
                {benchmark.reference.label}
              </a>
            ) : (
              <small>{benchmark.reference.label}</small>
            ))}
        </div>
      </th>
      <td className={`cell ${colour}`} title={score.error === null ? undefined : `± ${score.error.toFixed(4)} (standard error)`}>
        {display}
      </td>
      <td className="bar-of">
        <ScoreBar score={score} />
      </td>
      <td className="ranked">
        <RankOf score={score} />
        <small className="of">of {statistics.count}</small>
      </td>
      <td className="about">
        {!benchmark.isLeaf && (
          <span className={coverage.scored < coverage.leaves ? "covered part" : "covered"}>
            {coverage.scored} of {coverage.leaves} {coverage.leaves === 1 ? "benchmark" : "benchmarks"}
          </span>
        )}
        {state === "FAILED" && <span className="why">failed{observation?.comment ? `: ${observation.comment}` : ""}</span>}
        <Samples samples={version?.stimuli?.samples ?? []} of={identifier} />
      </td>
    </tr>
  );
}
