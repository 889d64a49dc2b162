import type { DataSource } from "typeorm";

/** Connections of a pool: how many are used, how many are open and not used, and how many requests wait for one. */
export interface PoolState {
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
}

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** The connections of a data source, those to its replicas included. */
export function poolState({ driver }: DataSource): PoolState {
  const { master, slaves = [] } = driver as unknown as { readonly master: Pool; readonly slaves?: readonly Pool[] };
  const pools = [master, ...slaves];
  const sum = (count: (pool: Pool) => number): number => pools.reduce((all, pool) => all + count(pool), 0);
  return {
    used: sum(({ totalCount, idleCount }) => totalCount - idleCount),
    idle: sum(({ idleCount }) => idleCount),
    waiting: sum(({ waitingCount }) => waitingCount),
  };
}
