import { groupBy } from "../src/board/group-by";
import { type Append, appendFacts } from "../src/database/append-facts";
import { idOf } from "../src/database/identify";
import type { Database } from "../src/federation/context";
import { type Seeded, seeded } from "./seeded";

const SEED = 20_260_101;

/** Observations a model once a database is populated: 545,000 of 5,000 models. */
const OBSERVATIONS_A_MODEL = 109;

/** Rows that are made ready at a time. */
const CHUNK = 5_000;

const DAY_SECONDS = 86_400;
const HOUR_MILLISECONDS = 3_600_000;

interface ModelRow extends Record<string, unknown> {
  readonly pk: number;
  readonly id: string;
  readonly name: string;
}

interface ObservationRow extends Record<string, unknown> {
  readonly model_pk: number;
  readonly version_pk: number;
  readonly version_id: string;
  readonly raw: number | null;
  readonly ceiled: number | null;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}

/**
 * Brings the only domain of a database to so many models and to 109 observations a model. A new model is a copy of one that is there,
 * with other numbers and times, so that the shares of failed and missing runs, of versions and of errors stay what they are; then cells
 * are run again. The model `spared` is neither copied nor run again. The same database gets the same facts in every run.
 */
export async function populate(dataSource: Database, modelCount: number, spared: string): Promise<void> {
  const random = seeded(SEED);
  const models: ModelRow[] = await dataSource.query(`SELECT * FROM model WHERE is_public AND name <> $1 ORDER BY pk`, [spared]);
  const observations: ObservationRow[] = await dataSource.query(
    `SELECT o.*, v.id AS version_id FROM observation AS o JOIN benchmark_version AS v ON v.pk = o.version_pk
     WHERE o.retracted_at IS NULL ORDER BY o.pk`,
  );
  const byModel = groupBy(observations, (row) => row.model_pk);
  const [{ slug, known }] = await dataSource.query(`SELECT slug, (SELECT count(*) FROM model) AS known FROM domain`);
  const [{ count }] = await dataSource.query(`SELECT count(*) AS "count" FROM observation`);

  await appendFacts(dataSource, { source: "bench" }, async (append) => {
    const copies = Array.from({ length: modelCount - known }, (_, index) => {
      const name = `bench-${String(index + 1).padStart(6, "0")}`;
      return { source: models[random.integer(models.length)], name, id: idOf(append.idKey, "Model", slug, name, null) };
    });
    const pks = await append.add(
      "model",
      copies.map(({ source, name, id }) => ({ ...withoutKeys(source), owner_pk: null, name, id })),
    );
    const made = new Writer(append);
    let total = count as number;
    const run = async (row: ObservationRow, modelPk: number, modelId: string): Promise<void> => {
      await made.write(otherRun(append.idKey, row, modelPk, modelId, random));
      total++;
    };
    const runnable = models.map((model) => ({ pk: model.pk, id: model.id, rows: byModel.get(model.pk) ?? [] }));
    for (const [index, { source, id }] of copies.entries()) {
      const rows = byModel.get(source.pk) ?? [];
      for (const row of rows) await run(row, pks[index], id);
      runnable.push({ pk: pks[index], id, rows });
    }
    while (total < modelCount * OBSERVATIONS_A_MODEL) {
      const { pk, id, rows } = runnable[random.integer(runnable.length)];
      if (rows.length > 0) await run(rows[random.integer(rows.length)], pk, id);
    }
    await made.end();
  });
  await dataSource.query("VACUUM ANALYZE");
}

/** Gathers observations and writes them some at a time. */
class Writer {
  readonly #rows: Record<string, unknown>[] = [];

  constructor(private readonly append: Append) {}

  async write(row: Record<string, unknown>): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length === CHUNK) await this.end();
  }

  async end(): Promise<void> {
    await this.append.add("observation", this.#rows.splice(0));
  }
}

function otherRun(idKey: Buffer, row: ObservationRow, modelPk: number, modelId: string, random: Seeded): Record<string, unknown> {
  const { version_id: versionId, ...columns } = row;
  const earlier = 1_000 * (1 + random.integer(20 * DAY_SECONDS));
  const [startedAt, endedAt] = [row.started_at, row.ended_at].map((instant) => instant && new Date(instant.getTime() - earlier));
  const change = 0.1 * (random.uniform() - 0.5);
  return {
    ...withoutKeys(columns),
    id: idOf(
      idKey,
      "Observation",
      modelId,
      versionId,
      startedAt?.toISOString() ?? null,
      endedAt?.toISOString() ?? null,
      random.integer(2 ** 31),
    ),
    model_pk: modelPk,
    submission_pk: null,
    // A run of which no time is known gets a start, so that no other has its key.
    started_at: startedAt ?? new Date((endedAt?.getTime() ?? Date.UTC(2021, 0, 1) - earlier) - HOUR_MILLISECONDS),
    ended_at: endedAt,
    raw: row.raw === null ? null : row.raw * (1 + change),
    ceiled: row.ceiled === null ? null : Math.min(1, Math.max(0, row.ceiled + change)),
  };
}

/** A row's columns but for those that name it. */
const withoutKeys = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !["pk", "id", "revision"].includes(column)));
