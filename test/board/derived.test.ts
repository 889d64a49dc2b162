import { afterAll, beforeAll, expect, it, jest } from "@jest/globals";
import type { Conditions } from "../../src/board/conditions";
import { standingsUnder } from "../../src/board/derived";
import type { DomainBoard } from "../../src/board/domain-board";
import { Unwanted } from "../../src/board/in-slices";
import { readBoard } from "../../src/board/read-facts";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { countStatements } from "../support/count-statements";
import { seed } from "../support/seed";

let database: TestDatabase;
let board: DomainBoard;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("average\n  a\n  b")
    .model("alpha")
    .model("beta")
    .score("alpha", "a", 0.4)
    .score("beta", "b", 0.6)
    .write();
  board = (await readBoard(database.dataSource)).domain("vision")!;
});
afterAll(() => database.drop());

const NONE: Conditions = { valuesKey: "", amongKey: "", asOf: null, only: null, weights: null, missing: "ZERO", among: null };

/** A leaf filter that lets everything through and counts how often it was asked. */
const counted = () => jest.fn((_leaf: number, _version: number) => true);

it("nothing asked otherwise is the board's own standings, at once", () => {
  expect(standingsUnder(board, NONE)).toEqual({ standings: board.standings(), versions: board.catalog.currentVersions });
});

it("equal conditions asked at once are computed once; kept ones are there at once, without the database", async () => {
  const only = counted();
  const conditions = { ...NONE, valuesKey: "once", only };
  const { result, statements } = await countStatements(() =>
    Promise.all([standingsUnder(board, conditions), standingsUnder(board, conditions)]),
  );
  expect(result[0]).toBe(result[1]);
  expect(only).toHaveBeenCalledTimes(2); // the two leaves
  expect(standingsUnder(board, conditions)).toBe(result[0]);
  expect(statements).toEqual([]);
});

it("another board is another one, whatever the conditions are called", async () => {
  const only = counted();
  const conditions = { ...NONE, valuesKey: "boards", only };
  await standingsUnder(board, conditions);
  const other = (await readBoard(database.dataSource)).domain("vision")!;
  expect(await standingsUnder(other, conditions)).not.toBe(await standingsUnder(board, conditions));
  expect(only).toHaveBeenCalledTimes(4);
});

it("populations over equal values share them", async () => {
  const only = counted();
  const among = (slot: number): Conditions => ({
    ...NONE,
    valuesKey: "shared",
    only,
    amongKey: `slot ${slot}`,
    among: () => (other) => other === slot,
  });
  const [first, second] = [await standingsUnder(board, among(0)), await standingsUnder(board, among(1))];
  expect(only).toHaveBeenCalledTimes(2);
  expect(first.standings.columns).toBe(second.standings.columns);
  expect([...first.standings.population, ...second.standings.population]).toEqual([1, 0, 0, 1]);
  // And those of the board itself.
  const own = await standingsUnder(board, { ...among(0), valuesKey: "", only: null });
  expect(own.standings.columns).toBe(board.standings().columns);
});

it("a leaf's values are shared with the board where only what is above it is computed anew", async () => {
  const weights = Float64Array.from({ length: board.catalog.tree.size }, () => 2);
  const { standings } = await standingsUnder(board, { ...NONE, valuesKey: "weights", weights, missing: "SKIP_ALL" });
  const leaf = board.catalog.tree.find("a");
  expect(standings.columns[leaf]).toBe(board.standings().columns[leaf]);
  expect([0, 1].map((slot) => standings.value(board.catalog.tree.find("average"), slot))).toEqual([0.4, 0.6]);
  expect([0, 1].map((slot) => board.standings().value(board.catalog.tree.find("average"), slot))).toEqual([0.2, 0.3]);
});

it("what fails is not kept", async () => {
  const among = jest.fn((): never => {
    throw new Error("no such benchmark");
  });
  const conditions = { ...NONE, amongKey: "fails", among };
  await expect(standingsUnder(board, conditions)).rejects.toThrow("no such benchmark");
  await expect(standingsUnder(board, conditions)).rejects.toThrow("no such benchmark");
  expect(among).toHaveBeenCalledTimes(2);
});

it("who has gone already gets nothing", async () => {
  const conditions = { ...NONE, valuesKey: "gone", only: counted() };
  await expect(standingsUnder(board, conditions, AbortSignal.abort())).rejects.toBeInstanceOf(Unwanted);
});
