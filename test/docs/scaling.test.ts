import { readFileSync } from "node:fs";
import path from "node:path";
import { QueryFailedError } from "typeorm";
import { seeded } from "../../bench/seeded";
import type { Board } from "../../src/board/board";
import { readBoard, readPastBoard } from "../../src/board/read-facts";
import { readNewer } from "../../src/board/read-newer";
import { appendFacts } from "../../src/database/append-facts";
import { ACTS, writeWorld } from "../board/random-appends";
import { tellBoard } from "../board/tell-board";
import { createTestDatabase, type TestDatabase } from "../support/database";

const PAGE = readFileSync(path.join(__dirname, "../../docs/scaling.md"), "utf8");
const [, RECIPE = ""] = /```sql partition\n(.*?)```/s.exec(PAGE) ?? [];

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await writeWorld(database.dataSource);
});
afterEach(() => database.drop());

const query = (sql: string): Promise<Record<string, unknown>[]> => database.dataSource.query(sql);

/** How observations are found by a condition, in tables so small that all of them would be read if that were not forbidden. */
const planOf = (condition: string): Promise<string> =>
  database.dataSource.transaction(async (manager) => {
    await manager.query("SET LOCAL enable_seqscan = off");
    return JSON.stringify(await manager.query(`EXPLAIN SELECT * FROM observation WHERE ${condition}`));
  });

/** The partitions that a plan looks at. */
const partitionsOf = (plan: string): Set<string> => new Set(plan.match(/ on observation_\d+/g));

const pastOf = (board: Board, revision: number): Promise<Board> => readPastBoard(database.dataSource, revision, board);

describe("observations in partitions, as docs/scaling.md makes them", () => {
  it("are the same facts, and go on being written, changed, retracted and remembered (§9)", async () => {
    const whole = await readBoard(database.dataSource);
    await query(RECIPE);
    let board = await readBoard(database.dataSource);
    expect(tellBoard(board)).toStrictEqual(tellBoard(whole));

    const random = seeded(1);
    // A board of the past is made from a later one with the same domains.
    const names = Object.keys(ACTS).filter((name) => name !== "rename a domain");
    const done = new Set<string>();
    for (let step = 0; step < 60; step++) {
      const name = names[random.integer(names.length)];
      try {
        await appendFacts(database.dataSource, { source: name }, (append) => ACTS[name](append, random, step));
        done.add(name);
      } catch (error) {
        if (!(error instanceof QueryFailedError) && !/Nothing to choose/.test(String(error))) throw error;
      }
      board = await readNewer(database.dataSource, board);
    }
    expect(tellBoard(board)).toStrictEqual(tellBoard(await readBoard(database.dataSource)));
    expect(done.size).toBeGreaterThan(15);
    expect(tellBoard(await pastOf(board, whole.catalog.ledger.revision))).toStrictEqual(tellBoard(whole));
  });

  it("are refused as ever where a run is there already, domains differ, or something is to be removed", async () => {
    await query(RECIPE);
    const again = `INSERT INTO observation (id, revision, model_pk, version_pk, started_at, ended_at)
      SELECT 'again', 1000000, model_pk, version_pk, started_at, ended_at FROM observation WHERE retracted_at IS NULL LIMIT 1`;
    await expect(query(again)).rejects.toThrow(/duplicate key/);
    const elsewhere = `INSERT INTO observation (id, revision, model_pk, version_pk)
      SELECT 'elsewhere', 1000000, m.pk, v.pk FROM model m, benchmark_version v JOIN benchmark b ON b.pk = benchmark_pk WHERE b.domain_pk <> m.domain_pk LIMIT 1`;
    await expect(query(elsewhere)).rejects.toThrow(/stand in one domain/);
    for (const removal of ["DELETE FROM observation", "TRUNCATE observation", "TRUNCATE observation_3", "DELETE FROM observation_3"])
      await expect(query(removal)).rejects.toThrow(/never taken away/);
  });

  it("are looked for in one partition by model, and in all of them by pk or revision, each time by index", async () => {
    await query(RECIPE);
    expect(partitionsOf(await planOf("model_pk = 1")).size).toBe(1);
    for (const condition of ["pk = 1", "revision > 10"]) {
      const plan = await planOf(condition);
      expect(partitionsOf(plan).size).toBe(16);
      expect(plan).not.toContain("Seq Scan");
    }
  });

  it("lose what only one table can promise: an id or a revision may stand twice, under two models", async () => {
    await query(RECIPE);
    const twin = `INSERT INTO observation (id, revision, model_pk, version_pk, started_at)
      SELECT o.id, o.revision, m.pk, o.version_pk, '1999-01-01' FROM observation o JOIN model n ON n.pk = o.model_pk
      JOIN model m ON m.pk <> n.pk AND m.domain_pk = n.domain_pk LIMIT 1`;
    await expect(query(twin)).resolves.toBeDefined();
  });
});
