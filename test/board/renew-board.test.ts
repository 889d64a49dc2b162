import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { QueryFailedError } from "typeorm";
import { seeded } from "../../bench/seeded";
import type { Board } from "../../src/board/board";
import { readBoard } from "../../src/board/read-facts";
import { readNewer } from "../../src/board/read-newer";
import { readNews } from "../../src/board/read-news";
import { renewBoard } from "../../src/board/renew-board";
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

/** The board of the newest facts from an earlier one, by what is new only. */
async function renewed(before: Board): Promise<Board> {
  const news = await readNews(database.dataSource, before.catalog.ledger.revision);
  const steps = renewBoard(before, news!);
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    expect(step.value).not.toBeNull();
    return step.value!;
  }
}

describe("a board made from an earlier one and what is new", () => {
  const done = new Set<string>();

  it.each([1, 2, 3])(
    "is cell by cell and bit by bit what is read from scratch, after appends of every kind (§9), story %i",
    async (story) => {
      const random = seeded(story);
      const boards: { board: Board; told: unknown }[] = [];
      let board = await readBoard(database.dataSource);
      for (let step = 0; step < 60; step++) {
        const name = Object.keys(ACTS)[random.integer(Object.keys(ACTS).length)];
        try {
          await appendFacts(database.dataSource, { source: name }, (append) => ACTS[name](append, random, step));
          done.add(name);
        } catch (error) {
          if (!(error instanceof QueryFailedError) && !/Nothing to choose/.test(String(error))) throw error;
        }
        // Now and then several appends come together, and a process goes on from an older board that others have gone on from.
        if (random.integer(4) === 0) continue;
        const from = random.integer(6) === 0 && boards.length > 0 ? boards[random.integer(boards.length)].board : board;
        board = await renewed(from);
        const fresh = await readBoard(database.dataSource);
        const told = tellBoard(board);
        expect(told).toStrictEqual(tellBoard(fresh));
        boards.push({ board, told });
      }
      // What was made before others went on from it says still the same.
      for (const { board: earlier, told } of boards) expect(tellBoard(earlier)).toStrictEqual(told);
    },
  );

  it("was tried with every kind of append", () => expect([...done].sort()).toEqual(Object.keys(ACTS).sort()));
});

describe("what a new score leaves as it is", () => {
  const vision = (board: Board) => board.domain("vision")!;

  it("is shared: only the columns from its leaf to the root, and their ranks, are new (§3)", async () => {
    const before = await readBoard(database.dataSource);
    const { columns: earlier, ...made } = vision(before).standings();
    vision(before).catalog.tree.identifiers.forEach((_, node) => vision(before).standings().ranking(node));
    await seed(database.dataSource).domain("vision").score("model-1", "b", { ceiled: 0.99, version: 2, endedAt: "2023-01-01" }).write();
    const after = await readNewer(database.dataSource, before);
    const { catalog, domain } = { catalog: vision(after).catalog, domain: vision(after) };
    const standings = domain.standings();
    const changed = catalog.tree.identifiers.filter((_, node) => standings.columns[node] !== earlier[node]);
    const ranked = catalog.tree.identifiers.filter((_, node) => standings.ranking(node) !== vision(before).standings().ranking(node));
    expect(changed).toEqual(["average", "V1", "b"]);
    expect(ranked).toEqual(["average", "V1", "b"]);
    expect(standings.winners.filter((winners, node) => winners !== made.winners[node])).toHaveLength(1);
    expect(catalog).toBe(vision(before).catalog);
    expect([domain.models, domain.modelsById, domain.publicModels, domain.versions]).toEqual([
      vision(before).models,
      vision(before).modelsById,
      vision(before).publicModels,
      vision(before).versions,
    ]);
    expect(domain.models).toBe(vision(before).models);
    expect(domain.observations.raw.buffer).toBe(vision(before).observations.raw.buffer);
    expect(after.domain("auditory")).toBe(before.domain("auditory"));
  });

  it("is every column, if it does not beat what is there (§2)", async () => {
    const before = await readBoard(database.dataSource);
    await seed(database.dataSource).domain("vision").score("model-4", "a", { ceiled: 0.01, raw: 0.01, endedAt: "2020-06-01" }).write();
    const after = await readNewer(database.dataSource, before);
    const same = vision(before).standings().columns;
    expect(
      vision(after)
        .standings()
        .columns.every((column, node) => column === same[node]),
    ).toBe(true);
    expect(vision(after).observations.length).toBe(vision(before).observations.length + 1);
  });

  it("is all of a board whose facts are the newest", async () => {
    const before = await readBoard(database.dataSource);
    expect(await readNewer(database.dataSource, before)).toBe(before);
  });

  it("is the standings and the order of time, if only a reference or a release is new", async () => {
    const before = await readBoard(database.dataSource);
    expect([...vision(before).makeTimeline()].length).toBeGreaterThan(0);
    const random = seeded(1);
    await appendFacts(database.dataSource, { source: "test" }, (append) => ACTS.reference(append, random, 1));
    await appendFacts(database.dataSource, { source: "test" }, (append) => ACTS.release(append, random, 2));
    const after = await readNewer(database.dataSource, before);
    expect(after.catalog.ledger.revision).toBe(before.catalog.ledger.revision + 2);
    expect(vision(after).standings()).toBe(vision(before).standings());
    expect(vision(after).knownTimeline).toBe(vision(before).knownTimeline);
  });
});

describe("what a new model leaves as it is", () => {
  const vision = (board: Board) => board.domain("vision")!;

  it.each([true, false])("is what was sorted, since it was not run: ranks and leaderboards (§5); public: %s", async (isPublic) => {
    const before = await readBoard(database.dataSource);
    const nodes = vision(before)
      .standings()
      .columns.flatMap((column, node) => (column ? [node] : []));
    const earlier = nodes.map((node) => [vision(before).standings().ranking(node).sorted, vision(before).standings().leaderboard(node)]);
    await seed(database.dataSource).domain("vision").model("newcomer", { isPublic, owner: "lab" }).write();
    const after = await readNewer(database.dataSource, before);
    const standings = vision(after).standings();
    nodes.forEach((node, place) => {
      expect(standings.ranking(node).sorted).toBe(earlier[place][0]);
      expect(standings.leaderboard(node)).toBe(earlier[place][1]);
    });
    expect(tellBoard(after)).toStrictEqual(tellBoard(await readBoard(database.dataSource)));
  });

  it("is not what it has a score on, up to the root", async () => {
    const before = await readBoard(database.dataSource);
    vision(before).catalog.tree.identifiers.forEach((_, node) => vision(before).standings().leaderboard(node));
    await seed(database.dataSource).domain("vision").model("newcomer").score("newcomer", "b", { ceiled: 0.4, version: 2 }).write();
    const after = await readNewer(database.dataSource, before);
    const { identifiers } = vision(after).catalog.tree;
    const ranked = identifiers.filter(
      (_, node) => vision(after).standings().ranking(node).sorted !== vision(before).standings().ranking(node).sorted,
    );
    expect(ranked.filter((identifier) => vision(after).standings().has(identifiers.indexOf(identifier)))).toEqual(["average", "V1", "b"]);
    expect(tellBoard(after)).toStrictEqual(tellBoard(await readBoard(database.dataSource)));
  });
});

describe("what cannot be told from an earlier board", () => {
  it.each([
    ["a version that is of another leaf", "benchmark_version", { benchmark_pk: `(SELECT pk FROM benchmark WHERE identifier = 'd')` }],
    ["a version of another number", "benchmark_version", { number: 7 }],
  ] as const)("%s: everything is read anew", async (_, table, columns) => {
    const before = await readBoard(database.dataSource);
    await appendFacts(database.dataSource, { source: "test" }, async ({ query, change }) => {
      const [{ pk }] = await query(`SELECT v.pk FROM benchmark_version v JOIN benchmark b ON b.pk = benchmark_pk WHERE identifier = 'f'`);
      const [values] = await query(
        `SELECT ${Object.entries(columns)
          .map(([name, value]) => `${value} AS ${name}`)
          .join(", ")}`,
      );
      await change(table, [{ pk, ...values }]);
    });
    const news = await readNews(database.dataSource, before.catalog.ledger.revision);
    expect([...renewBoard(before, news!)]).toEqual([]);
    expect(tellBoard(await readNewer(database.dataSource, before))).toStrictEqual(tellBoard(await readBoard(database.dataSource)));
  });
});
