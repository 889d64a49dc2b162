import type { CurrentBoard } from "../../board/current";
import { derivedCounts } from "../../board/derived";
import { View } from "../../board/view";
import { type PoolState, poolState } from "../../database/pool-state";
import type { Database } from "../../federation/context";
import type { Told } from "./tell";

export interface BoardMetricsOptions {
  readonly current: Pick<CurrentBoard, "board" | "recent" | "lag">;
  /** The pools of the process, by what they are for. */
  readonly pools: Readonly<Record<string, Database>>;
}

/** What a process with a database holds of its facts, as metrics. Of revisions the public one is told (§9, §10). */
export const boardMetrics = ({ current, pools }: BoardMetricsOptions): readonly Told[] => {
  const derived = (read: (counts: ReturnType<typeof derivedCounts>) => number) => () => read(derivedCounts());
  const states = (read: (state: PoolState) => number) =>
    Object.entries(pools).map(([pool, dataSource]) => [read(poolState(dataSource)), pool] as const);
  return [
    {
      name: "board_revision",
      help: "The public revision of the facts that queries are answered from.",
      read: () => Number(new View(current.board, null).revision),
    },
    { name: "board_lag_revisions", help: "Revisions of the ledger that the board does not hold yet.", read: () => current.lag.revisions },
    {
      name: "board_lag_seconds",
      help: "Time since the board was last found to hold the whole ledger, which is looked at once a second.",
      read: () => current.lag.milliseconds / 1000,
    },
    { name: "boards_kept", help: "Earlier boards that are kept for lists that were begun on them.", read: () => current.recent.length },
    {
      name: "standings_total",
      help: "Standings under conditions that were asked for: kept, computed.",
      labels: ["how"],
      read: () => [
        [derivedCounts().keptTotal, "kept"],
        [derivedCounts().computedTotal, "computed"],
      ],
    },
    { name: "standings_kept", help: "Standings under conditions that are kept.", read: derived(({ kept }) => kept) },
    {
      name: "standings_kept_bytes",
      help: "Bytes of the standings under conditions that are kept; at most 256 MB.",
      read: derived(({ keptBytes }) => keptBytes),
    },
    {
      name: "pool_used_connections",
      help: "Connections to Postgres that are used now, by pool: requests, facts. At most 10 each.",
      labels: ["pool"],
      read: () => states(({ used }) => used),
    },
    {
      name: "pool_idle_connections",
      help: "Connections to Postgres that are open and not used.",
      labels: ["pool"],
      read: () => states(({ idle }) => idle),
    },
    {
      name: "pool_waiting",
      help: "Statements that wait for a connection to Postgres.",
      labels: ["pool"],
      read: () => states(({ waiting }) => waiting),
    },
  ];
};
