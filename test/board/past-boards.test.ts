import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Board } from "../../src/board/board";
import { pastBoard } from "../../src/board/past-boards";
import { readBoard } from "../../src/board/read-facts";
import { changed, changeEverything, writeReleaseWorld } from "../flows/release-world";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";

let database: TestDatabase;
let then: Board;
let revision: number;
beforeAll(async () => {
  database = await createTestDatabase();
  await writeReleaseWorld(database.dataSource);
  then = await readBoard(database.dataSource);
  revision = then.catalog.ledger.revision;
});
afterAll(() => database.drop());

/** All that a board knows of its observations, by internal key. */
function observationsOf(board: Board): unknown[] {
  const { observations, models, catalog } = board.domain("vision")!;
  const { model, node, length, highestPk, ...columns } = observations;
  expect(highestPk).toBe(Math.max(...columns.pk));
  return Array.from({ length }, (_, at) => ({
    ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[at]])),
    model: models[model[at]].name,
    node: catalog.benchmarks[node[at]].identifier,
  })).sort((a, b) => Number((a as unknown as { pk: number }).pk) - Number((b as unknown as { pk: number }).pk));
}

it("§9 a board of the past is the one that was read then, from whatever later board it is made", async () => {
  const { dataSource } = database;
  const laterBoards = [then];
  for (let step = 0; step < 2; step++) {
    if (step === 0) await changeEverything(dataSource);
    else
      await seed(dataSource)
        .also(changed("observation", "is_failed", { retracted_at: "2024-03-01T00:00:00Z" }))
        .write();
    laterBoards.push(await readBoard(dataSource));
    // Also from boards that are older than what has changed meanwhile: each asks over a data source of its own, so that nothing is kept.
    for (const later of laterBoards) {
      const other = Object.create(dataSource) as typeof dataSource;
      const past = await pastBoard(other, revision, later);
      expect(past.catalog.ledger).toEqual(then.catalog.ledger);
      expect(observationsOf(past)).toEqual(observationsOf(then));
      expect(past.domain("vision")!.models).toEqual(then.domain("vision")!.models);
      expect(past.domain("vision")!.standings().columns).toEqual(then.domain("vision")!.standings().columns);
    }
  }
});

it("is made once for all who ask", async () => {
  const later = await readBoard(database.dataSource);
  const [first, second] = [pastBoard(database.dataSource, revision, later), pastBoard(database.dataSource, revision, then)];
  expect(await first).toBe(await second);
});
