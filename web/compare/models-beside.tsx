import { useMemo } from "react";
import { changeSearch } from "../app/change-search";
import { Link } from "../app/link";
import { paths } from "../app/routes";
import type { Conditions } from "../conditions/conditions";
import { useAnswer } from "../graph/use-answer";
import { displayValue } from "../parts/display-value";
import { QueryBehind } from "../parts/query-behind";
import { rampStep } from "../parts/ramp-step";
import { openAtFirst } from "../tree/open-at-first";
import type { Tree } from "../tree/tree";
import { unfolded } from "../tree/unfolded";
import type { CompareNode } from "./compare-node";
import { NameBox } from "./name-box";
import { compareQuery } from "./queries";

export interface ModelsBesideProps {
  readonly domain: string;
  readonly under: Conditions | undefined;
  readonly search: URLSearchParams;
  readonly tree: Tree<CompareNode>;
}

/** Rows that are open at first, at most. */
const ROWS_AT_FIRST = 20;

/** Models side by side over the tree, which folds. */
export function ModelsBeside({ domain, under, search, tree }: ModelsBesideProps) {
  const models = search.getAll("models");
  const opened = search.get("open");
  const open = useMemo(() => (opened === null ? openAtFirst(tree.roots, ROWS_AT_FIRST) : new Set(opened.split(","))), [opened, tree]);
  const nodes = unfolded(tree.roots, (identifier) => open.has(identifier));
  const variables = { domain, under, models, benchmarks: nodes.map(({ identifier }) => identifier) };
  const { data, error } = useAnswer(compareQuery, variables, { pause: models.length < 2 });
  const comparison = models.length < 2 ? null : data?.standings.compare;
  function fold(identifier: string): void {
    const next = new Set(open);
    if (!next.delete(identifier)) next.add(identifier);
    changeSearch({ open: [...next].join(",") });
  }
  const rows = new Map(comparison?.rows.map(({ benchmark, scores }) => [benchmark.identifier, scores]));
  return (
    <section aria-labelledby="models-title">
      <header className="top">
        <h2 id="models-title">Models side by side</h2>
        <NameBox domain={domain} onName={(name) => changeSearch({ models: [...new Set([...models, name])] })} />
      </header>
      {models.length > 0 && (
        <ul className="chips" aria-label="Models">
          {models.map((name) => (
            <li key={name}>
              <Link to={paths.model(domain, name)}>{name}</Link>
              <button
                type="button"
                aria-label={`Take away: ${name}`}
                onClick={() => changeSearch({ models: models.filter((other) => other !== name) })}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      {error && <p role="alert">{error.graphQLErrors[0]?.message ?? "The server did not answer."}</p>}
      {models.length < 2 && <p className="soft">Add two models or more: they are set side by side on every benchmark.</p>}
      {comparison && !error && (
        <>
          <div className="scroll" tabIndex={0} role="region" aria-label="Models side by side">
            <table className="plain beside">
              <thead>
                <tr>
                  <th scope="col">Benchmark</th>
                  {comparison.models.map(({ name }) => (
                    <th scope="col" key={name}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {nodes.map(({ identifier, children, depth, statistics }) => (
                  <tr key={identifier} className={`depth-${Math.min(depth, 5)}`}>
                    <th scope="row">
                      {children.length > 0 ? (
                        <button
                          type="button"
                          className="fold"
                          aria-expanded={open.has(identifier)}
                          aria-label={`${open.has(identifier) ? "Fold" : "Unfold"} ${identifier}`}
                          onClick={() => fold(identifier)}
                        >
                          {open.has(identifier) ? "▾" : "▸"}
                        </button>
                      ) : (
                        <i className="fold" />
                      )}
                      {identifier}
                    </th>
                    {(rows.get(identifier) ?? []).map(({ model, display, value, rank, state }) => (
                      <td
                        key={model.name}
                        className={`cell ${value === null ? state.toLowerCase().replace("_", "-") : rampStep(value, statistics.min ?? 0, statistics.max ?? 1)}`}
                      >
                        {display} {rank !== null && <small>#{rank}</small>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <ul className="pairs">
            {comparison.pairs.map(({ a, b, aWins, bWins, ties, spearman }) => (
              <li key={`${a.name} ${b.name}`}>
                <b>{a.name}</b> wins {aWins}, <b>{b.name}</b> wins {bWins}, {ties} ties
                {spearman !== null && ` · Spearman’s ρ ${displayValue(spearman)}`}
              </li>
            ))}
          </ul>
          <QueryBehind query={compareQuery} variables={variables} />
        </>
      )}
    </section>
  );
}
