import { readBoard } from "../../src/board/read-facts";
import type { Database } from "../../src/federation/context";
import type { Loaded } from "../load-board";
import { median } from "../measure";
import { runChild } from "../run-child";
import { writeScores } from "./write-facts";

/** What a database of so many observations came to. */
export interface Stored {
  readonly observations: number;
  /** On disk, with all indexes. */
  readonly bytes: number;
  readonly indexBytes: number;
  /** Milliseconds to read the board, by a process that just started; median of three. */
  readonly load: number;
}

/** How fast facts are written, in scores a second. */
export interface Written {
  /** One score an append, from one writer, and from eight at once. */
  readonly one: number;
  readonly eight: number;
  /** 10,000 scores an append, from one writer. */
  readonly many: number;
}

const WRITERS = 8;
const SECONDS = 3;

/** Adds observations until there are so many, as one append of drawn numbers in plain SQL: through `appendFacts` it would take minutes. */
async function fillUpTo(dataSource: Database, observations: number): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const [{ revision }] = await manager.query(`SELECT last_revision AS "revision" FROM ledger FOR UPDATE`);
    const [{ there }] = await manager.query(`SELECT count(*) AS "there" FROM observation`);
    await manager.query(
      `INSERT INTO observation (id, revision, model_pk, version_pk, raw, ceiled, error, started_at, ended_at)
       SELECT 'observation_' || substr(encode(sha256(n::text::bytea), 'base64'), 1, 22), $1 + n - $2, models.pks[1 + n % cardinality(models.pks)],
         versions.pks[1 + n / cardinality(models.pks) % cardinality(versions.pks)], random(), random(), CASE WHEN n % 2 = 0 THEN 0.02 END,
         '2020-01-01'::timestamptz + n * interval '1 second', '2020-01-01'::timestamptz + n * interval '1 second' + interval '1 hour'
       FROM generate_series($2::int + 1, $3::int) AS n,
         (SELECT array_agg(pk ORDER BY pk) AS pks FROM model) AS models, (SELECT array_agg(pk ORDER BY pk) AS pks FROM benchmark_version) AS versions`,
      [revision, there, observations],
    );
    const last = revision + observations - there;
    await manager.query(`UPDATE ledger SET last_revision = $1, public_revision = public_revision + $1 - $2`, [last, revision]);
    await manager.query(
      `INSERT INTO fact_append (first_revision, last_revision, public_revision, source) SELECT $1, last_revision, public_revision, 'bench' FROM ledger`,
      [revision + 1],
    );
  });
  await dataSource.query("VACUUM ANALYZE");
}

/** Reads boards of more and more observations. */
export async function measureReading(url: string, dataSource: Database, sizes: readonly number[]): Promise<Stored[]> {
  const stored: Stored[] = [];
  for (const observations of sizes) {
    await fillUpTo(dataSource, observations);
    const [size]: Pick<Stored, "bytes" | "indexBytes">[] = await dataSource.query(
      `SELECT pg_total_relation_size('observation') AS "bytes", pg_indexes_size('observation') AS "indexBytes"`,
    );
    const loads: number[] = [];
    for (let round = 0; round < 3; round++) loads.push((await runChild<Loaded>("load-board", url)).load);
    stored.push({ observations, ...size, load: median(loads) });
  }
  return stored;
}

/** Writes for a few seconds in each way. Adds scores to the data. */
export async function measureWriting(dataSource: Database): Promise<Written> {
  const [board] = (await readBoard(dataSource)).domains;
  const rate = async (writers: number, scores: number): Promise<number> => {
    const start = performance.now();
    let count = 0;
    const write = async (): Promise<void> => {
      while (performance.now() - start < SECONDS * 1_000) {
        await writeScores(dataSource, board, scores);
        count += scores;
      }
    };
    await Promise.all(Array.from({ length: writers }, write));
    return count / ((performance.now() - start) / 1_000);
  };
  await rate(1, 1);
  return { one: await rate(1, 1), eight: await rate(WRITERS, 1), many: await rate(1, 10_000) };
}
