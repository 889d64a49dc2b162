import { useMemo } from "react";
import { changeSearch } from "../app/change-search";
import { paths } from "../app/routes";
import { keepConditions } from "../conditions/keep-conditions";
import { buildTree } from "../tree/tree";
import { unfolded } from "../tree/unfolded";
import { cardNodes } from "./card-nodes";
import { CardRow } from "./card-row";
import type { CardScore } from "./queries";

export interface CardTreeProps {
  readonly domain: string;
  readonly scores: readonly CardScore[];
  readonly search: URLSearchParams;
}

/** A model's cells as a tree that folds. All of it is open at first; the address names what is folded. */
export function CardTree({ domain, scores, search }: CardTreeProps) {
  const tree = useMemo(() => buildTree(cardNodes(scores)), [scores]);
  const folded = new Set(search.get("fold")?.split(",") ?? []);
  const rows = unfolded(tree.roots, (identifier) => !folded.has(identifier));
  const inner = [...tree.byIdentifier.values()].filter(({ children }) => children.length > 0).map(({ identifier }) => identifier);
  const setFolded = (next: Iterable<string>) => changeSearch({ fold: [...next].join(",") || null });
  function fold(identifier: string): void {
    const next = new Set(folded);
    if (!next.delete(identifier)) next.add(identifier);
    setFolded(next);
  }
  const isNotRunShown = search.get("notRun") === "1";
  return (
    <section className="card-tree" aria-labelledby="scores-title">
      <header>
        <h2 id="scores-title">Scores on benchmarks</h2>
        <span className="key" aria-hidden="true">
          <i className="median" /> median <i className="best" /> best
        </span>
        <label>
          <input type="checkbox" checked={isNotRunShown} onChange={() => changeSearch({ notRun: isNotRunShown ? null : "1" })} /> also what
          was never run
        </label>
        <button type="button" className="small" onClick={() => setFolded(folded.size > 0 ? [] : inner)}>
          {folded.size > 0 ? "Unfold all" : "Fold all"}
        </button>
      </header>
      <div className="scroll" tabIndex={0} role="region" aria-label="Scores on benchmarks">
        <table>
          <thead>
            <tr>
              <th scope="col">Benchmark</th>
              <th scope="col">Score</th>
              <th scope="col" className="bar-of">
                <span>0</span>
                <span>ceiling</span>
              </th>
              <th scope="col">Rank</th>
              <th scope="col">Data</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((node) => (
              <CardRow
                key={node.identifier}
                node={node}
                to={`${paths.benchmark(domain, node.identifier)}${keepConditions(search)}`}
                isOpen={!folded.has(node.identifier)}
                onFold={fold}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
