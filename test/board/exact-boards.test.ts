import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { QueryFailedError } from "typeorm";
import { seeded } from "../../bench/seeded";
import type { Board } from "../../src/board/board";
import { ExactBoards } from "../../src/board/exact-boards";
import { readBoard } from "../../src/board/read-facts";
import { appendFacts } from "../../src/database/append-facts";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { ACTS, writeWorld } from "./random-appends";
import { tellBoard } from "./tell-board";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await writeWorld(database.dataSource);
});
afterEach(() => database.drop());

const revisionOf = ({ catalog }: Board): number => catalog.ledger.revision;

/** Appends something of a kind by chance, and gives what is read from scratch after it. */
async function append(random: ReturnType<typeof seeded>, step: number, holdsModels: boolean): Promise<Board> {
  const name = Object.keys(ACTS)[random.integer(Object.keys(ACTS).length)];
  try {
    await appendFacts(database.dataSource, { source: name }, (writing) => ACTS[name](writing, random, step));
  } catch (error) {
    if (!(error instanceof QueryFailedError) && !/Nothing to choose/.test(String(error))) throw error;
  }
  return readBoard(database.dataSource, { holdsModels });
}

/** A process that had some boards, the oldest first. */
const processWith = (...boards: readonly Board[]) => {
  const newest = boards.at(-1)!;
  return new ExactBoards(database.dataSource, { board: newest, recent: boards.slice(0, -1), atLeast: async () => newest });
};

describe("boards of exactly a revision (§9)", () => {
  it.each([1, 2])("are what was read from scratch then, whatever was written since: story %i", async (story) => {
    const random = seeded(story);
    const boards = [await readBoard(database.dataSource)];
    for (let step = 0; step < 40; step++) boards.push(await append(random, step, true));
    const told = boards.map(tellBoard);
    // A process that had one board in eight.
    const exact = processWith(...boards.filter((_, place) => place % 8 === 0));
    for (const [place, board] of boards.entries()) {
      const made = await exact.at(revisionOf(board));
      expect(tellBoard(made!)).toStrictEqual(told[place]);
    }
  });

  it("are catalogs alone where no models are held", async () => {
    const random = seeded(3);
    const boards = [await readBoard(database.dataSource, { holdsModels: false })];
    for (let step = 0; step < 40; step++) boards.push(await append(random, step, false));
    const exact = processWith(boards[0], boards.at(-1)!);
    for (const board of boards) {
      const made = (await exact.at(revisionOf(board)))!;
      expect(made.domains).toEqual([]);
      expect(made.holdsModels).toBe(false);
      expect(made.catalog.ledger).toEqual(board.catalog.ledger);
      expect(made.catalog.domains.map(({ facts }) => facts)).toEqual(board.catalog.domains.map(({ facts }) => facts));
    }
  });

  it("are made once for all who ask, and there is none that is earlier than what is kept", async () => {
    const first = await readBoard(database.dataSource);
    await seed(database.dataSource).domain("vision").model("one more").write();
    const second = await readBoard(database.dataSource);
    await seed(database.dataSource).domain("vision").model("and another").write();
    const third = await readBoard(database.dataSource);
    const exact = processWith(first, third);
    expect(await exact.at(revisionOf(first))).toBe(first);
    expect(await exact.at(revisionOf(third))).toBe(third);
    const [one, other] = await Promise.all([exact.at(revisionOf(second)), exact.at(revisionOf(second))]);
    expect(one).toBe(other);
    expect(await processWith(third).at(revisionOf(second))).toBeNull();
    expect(await exact.at(revisionOf(third) + 1)).toBeNull();
  });
});
