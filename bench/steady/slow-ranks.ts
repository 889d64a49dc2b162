import type { Database } from "../../src/federation/context";
import { CELL_ROWS } from "../peers/make-views";

/** What a cell is by the plain words of the rules. */
export interface SlowCell {
  readonly value: number | null;
  readonly rank: number | null;
}

/** The cells of one benchmark by the names of public models, as they stand in the tables now: computed by PostgreSQL, from nothing that is kept. */
export async function slowRanks(dataSource: Database, benchmark: string): Promise<ReadonlyMap<string, SlowCell>> {
  const rows: (SlowCell & { name: string })[] = await dataSource.query(
    `SELECT model.name, cell.value, cell.rank FROM (${CELL_ROWS}) AS cell JOIN peers.model ON model.pk = cell.model_pk
     WHERE cell.benchmark_pk = (SELECT pk FROM peers.benchmark WHERE identifier = $1)`,
    [benchmark],
  );
  return new Map(rows.map(({ name, ...cell }) => [name, cell]));
}
