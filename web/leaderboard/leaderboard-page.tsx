import { useCallback, useDeferredValue, useMemo } from "react";
import { changeSearch } from "../app/change-search";
import { useLocation } from "../app/location";
import { paths } from "../app/routes";
import { ConditionChips } from "../conditions/condition-chips";
import { ConditionsPanel } from "../conditions/conditions-panel";
import { keepConditions } from "../conditions/keep-conditions";
import { readConditions } from "../conditions/read-conditions";
import { useAnswer } from "../graph/use-answer";
import { NewScores } from "../live/new-scores";
import { Failure } from "../parts/failure";
import { Legend } from "../parts/legend";
import { NothingHere } from "../parts/nothing-here";
import { QueryBehind } from "../parts/query-behind";
import { Skeleton } from "../parts/skeleton";
import { useTitle } from "../parts/use-title";
import { openAtFirst } from "../tree/open-at-first";
import { buildTree, type Placed } from "../tree/tree";
import { unfolded } from "../tree/unfolded";
import { DownloadMenu } from "./download-menu";
import { FindBox } from "./find-box";
import { columnsQuery, frameQuery, type LeaderboardNode } from "./queries";
import { ScoreTable } from "./score-table";
import { sortRows } from "./sort-rows";
import { useTableMeasures } from "./table-measures";
import { useColumns } from "./use-columns";

/** How many columns are open at first: as many as can be seen without scrolling, but not fewer than this. */
const FEWEST_AT_FIRST = 4;

const NO_NODES: readonly LeaderboardNode[] = [];

/** All models of a domain in one table: the tree across, ranks down, under the conditions of the address. */
export function LeaderboardPage({ domain }: { readonly domain: string }) {
  const { search: chosen } = useLocation();
  // What was pressed or typed is to be seen at once; the table follows as soon as it can.
  const search = useDeferredValue(chosen);
  const kept = keepConditions(search);
  const under = useMemo(() => readConditions(new URLSearchParams(kept)), [kept]);
  const frame = useAnswer(frameQuery, { domain, under });
  const name = frame.data?.domain?.name ?? domain;
  useTitle(name);

  const nodes = frame.data?.standings.tree ?? NO_NODES;
  const tree = useMemo(() => buildTree(nodes), [nodes]);
  const { first, column } = useTableMeasures();
  const most = useMemo(() => Math.max(FEWEST_AT_FIRST, Math.floor((innerWidth - first - column) / column)), [first, column]);
  const opened = search.get("open");
  const open = useMemo(() => (opened === null ? openAtFirst(tree.roots, most) : new Set(opened.split(","))), [opened, tree, most]);
  const isOpen = useCallback((identifier: string) => open.has(identifier), [open]);
  const columns = useMemo(() => unfolded(tree.roots, isOpen), [tree, isOpen]);

  const asked = search.get("sort");
  const sortedBy = asked !== null && tree.byIdentifier.has(asked) ? asked : (tree.roots[0]?.identifier ?? "");
  const isReversed = search.get("order") === "worst";
  const wanted = useMemo(
    () => [...new Set([sortedBy, ...columns.map(({ identifier }) => identifier)])].filter(Boolean),
    [columns, sortedBy],
  );
  const { columns: known, error, isWaiting } = useColumns(domain, under, wanted);

  const find = search.get("find") ?? "";
  const sorting = known?.cells.get(sortedBy);
  const ranked = useMemo(() => (known && sorting ? sortRows(known.models, sorting, isReversed) : []), [known, sorting, isReversed]);
  const rows = useMemo(() => {
    const text = find.toLowerCase();
    return text && known ? ranked.filter((place) => known.models[place].toLowerCase().includes(text)) : ranked;
  }, [ranked, known, find]);

  const isShared = search.get("scale") === "one";
  const rangeOf = useCallback(
    (node: Placed<LeaderboardNode>): readonly [number, number] =>
      isShared && !node.benchmark.isRaw ? [0, 1] : [node.statistics.min ?? 0, node.statistics.max ?? 1],
    [isShared],
  );

  const onSort = useCallback(
    (identifier: string) =>
      changeSearch(identifier === sortedBy ? { order: isReversed ? null : "worst" } : { sort: identifier, order: null }),
    [sortedBy, isReversed],
  );
  const onFold = useCallback(
    (identifier: string) => {
      const next = new Set(open);
      if (!next.delete(identifier)) next.add(identifier);
      changeSearch({ open: [...next].join(",") });
    },
    [open],
  );

  const failure = frame.error ?? error;
  if (failure)
    return (
      <Failure error={failure}>
        <a className="button" href={paths.leaderboard(domain)}>
          Without conditions
        </a>
      </Failure>
    );
  if (!frame.data || !known) return <Skeleton shape="table" />;
  if (!frame.data.domain)
    return (
      <NothingHere title={`There is no domain “${domain}”`}>
        <p>
          <a href={paths.home}>All domains</a>
        </p>
      </NothingHere>
    );

  const { populationSize, revision } = frame.data.standings;
  const shows = search.get("cells") === "rank" ? "rank" : "value";
  const unranked = populationSize - ranked.length;
  return (
    <div className="leaderboard">
      <header className="top">
        <h1>{name}</h1>
        <p className="count" aria-live="polite">
          {find === "" ? (
            <>
              <b>{populationSize}</b> models ranked on <b>{tree.roots.reduce((sum, { leafCount }) => sum + leafCount, 0)}</b> benchmarks
              {unranked > 0 && sorting && (
                <>
                  {" "}
                  · {unranked} never run on {sortedBy}
                </>
              )}
            </>
          ) : (
            <>
              <b>{rows.length}</b> of {populationSize} models
            </>
          )}
        </p>
        <FindBox find={chosen.get("find") ?? ""} />
        <ConditionsPanel domain={domain} search={chosen} tree={tree} />
        <DownloadMenu {...{ domain, kept, columns, known, rows, sortedBy }} />
      </header>
      <ConditionChips search={chosen} />
      <NewScores domain={domain} shown={revision} search={search} />
      {tree.roots.length === 0 || ranked.length === 0 ? (
        <section className="state">
          <h2>{tree.roots.length === 0 ? "No benchmark is left under these conditions" : "No model is left under these conditions"}</h2>
          <p>Take one of them away, or widen it.</p>
        </section>
      ) : rows.length === 0 ? (
        <section className="state">
          <h2>No model’s name has “{find}” in it</h2>
          <p>
            <button type="button" onClick={() => changeSearch({ find: null })}>
              Show all
            </button>
          </p>
        </section>
      ) : (
        <ScoreTable
          {...{ domain, columns, known, rows, sortedBy, isReversed, shows, rangeOf, isOpen, onSort, onFold }}
          kept={kept}
          isWaiting={isWaiting || frame.isWaiting}
        />
      )}
      <footer className="below">
        <Legend isShared={chosen.get("scale") === "one"} shows={chosen.get("cells") === "rank" ? "rank" : "value"} />
        <QueryBehind query={columnsQuery} variables={{ domain, under, benchmarks: columns.map(({ identifier }) => identifier) }} />
      </footer>
    </div>
  );
}
