import type { DomainBoard } from "../../src/board/domain-board";
import { appendFacts } from "../../src/database/append-facts";
import { idOf } from "../../src/database/identify";
import type { Database } from "../../src/federation/context";
import { seeded } from "../seeded";

const SOURCE = { source: "bench" };
const random = seeded(20_260_502);

let written = 0;

/** Writes so many scores of any models on any leaves, each better than what was there, so that each is the one that counts. */
export async function writeScores(dataSource: Database, { catalog, models }: DomainBoard, count: number): Promise<void> {
  const leaves = catalog.tree.roots.flatMap((root) => catalog.scope.leaves(root));
  const rows = Array.from({ length: count }, () => {
    const run = ++written;
    const at = new Date(Date.UTC(2026, 0, 1) + run * 1_000).toISOString();
    const number = 1 + run / 1e9;
    const cell = {
      model_pk: models[random.integer(models.length)].pk,
      version_pk: catalog.currentVersion(leaves[random.integer(leaves.length)])!.pk,
    };
    return { id: `observation-scale-${process.pid}-${run}`, ...cell, raw: number, ceiled: number, started_at: at, ended_at: at };
  });
  await appendFacts(dataSource, SOURCE, ({ add }) => add("observation", rows));
}

/** Retracts the last observation that is not retracted. */
export const retract = (dataSource: Database): Promise<unknown> =>
  appendFacts(dataSource, SOURCE, async ({ query, change }) => {
    const [{ pk }] = await query(`SELECT pk FROM observation WHERE retracted_at IS NULL ORDER BY pk DESC LIMIT 1`);
    await change("observation", [{ pk, retracted_at: "2026-06-01T00:00:00Z", retraction_reason: "bench" }]);
  });

/** Registers a public model without observations. */
export const addModel = (dataSource: Database, { catalog }: DomainBoard): Promise<unknown> =>
  appendFacts(dataSource, SOURCE, ({ idKey, add }) => {
    const name = `new-model-${process.pid}-${++written}`;
    return add("model", [{ id: idOf(idKey, "Model", "vision", name, null), domain_pk: catalog.domain.pk, name, is_public: true }]);
  });
