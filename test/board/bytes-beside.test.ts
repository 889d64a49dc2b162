import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Board } from "../../src/board/board";
import { bytesBeside } from "../../src/board/bytes-beside";
import { readBoard } from "../../src/board/read-facts";
import { readNewer } from "../../src/board/read-newer";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { writeWorld } from "./random-appends";

let database: TestDatabase;
let before: Board;
beforeAll(async () => {
  database = await createTestDatabase();
  await writeWorld(database.dataSource);
  before = await readBoard(database.dataSource);
});
afterAll(() => database.drop());

it("counts of an earlier board what the later one does not hold: little after one score, all of it after everything was read anew", async () => {
  await seed(database.dataSource).domain("vision").score("model-1", "b", { ceiled: 0.99, version: 2 }).write();
  const after = await readNewer(database.dataSource, before);
  const observations = Object.values(before.domain("vision")!.observations)
    .filter((column) => ArrayBuffer.isView(column))
    .reduce((sum, column) => sum + column.buffer.byteLength, 0);
  const cost = bytesBeside(after, before);
  const whole = bytesBeside(await readBoard(database.dataSource), before);
  expect(whole - cost).toBeGreaterThan(observations);
  expect(cost).toBeLessThan(25_000);
  expect(bytesBeside(before, before)).toBeLessThan(cost);
});
