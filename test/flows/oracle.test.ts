import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readBoard } from "../../src/board/read-facts";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";

const ORACLE = path.resolve(__dirname, "../../../shared/data/oracle-120");
const STATES = ["NOT_RUN", "FAILED", "SCORED"];

interface Cell {
  readonly state: string;
  readonly value: number | null;
  readonly rank: number | null;
}
/** By model, then by benchmark. */
type Cells = Map<string, Map<string, Cell>>;

function expectedCells(): Cells {
  const rows: Record<string, string>[] = parse(readFileSync(path.join(ORACLE, "expected.csv")), { columns: true });
  const cells: Cells = new Map();
  for (const { model, benchmark, state, value, rank } of rows) {
    if (!cells.has(model)) cells.set(model, new Map());
    cells.get(model)!.set(benchmark, { state, value: value ? Number(value) : null, rank: rank ? Number(rank) : null });
  }
  return cells;
}

/** What differs, as lines to read; values may differ by 1e-12. */
function differences(model: string, got: Map<string, Cell>, wanted: Map<string, Cell>): string[] {
  const names = new Set([...got.keys(), ...wanted.keys()]);
  return [...names].flatMap((benchmark) => {
    const [a, b] = [got.get(benchmark), wanted.get(benchmark)];
    const isSame = a?.state === b?.state && a?.rank === b?.rank && (a?.value === b?.value || Math.abs(a!.value! - b!.value!) <= 1e-12);
    return isSame ? [] : [`${model} on ${benchmark}: got ${JSON.stringify(a)}, expected ${JSON.stringify(b)}`];
  });
}

(existsSync(ORACLE) ? describe : describe.skip)("the oracle of 120 models (skipped where ../shared is not there)", () => {
  let database: TestDatabase;
  let joined: Joined;
  let wanted: Cells;
  let slug: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    await importDataset(database.dataSource, ORACLE);
    joined = await openJoined(database);
    wanted = expectedCells();
    slug = (await joined.data("{ domains { slug } }")).domains[0].slug;
  });
  afterAll(() => database?.drop());

  it("gives every cell of its public models by the matrix of the API", async () => {
    const source = `{ standings(domain: "${slug}") { matrix { models { name } benchmarks { identifier } states values ranks } } }`;
    const { models, benchmarks, states, values, ranks } = (await joined.data(source)).standings.matrix;
    const wrong = models.flatMap(({ name }: { name: string }, i: number) => {
      const cells = benchmarks.map(({ identifier }: { identifier: string }, j: number) => [
        identifier,
        { state: states[i][j], value: values[i][j], rank: ranks[i][j] },
      ]);
      return differences(name, new Map(cells), wanted.get(name)!);
    });
    expect(wrong).toEqual([]);
    expect(models.length).toBeGreaterThan(100);
    expect(benchmarks.length).toBeGreaterThan(100);
  });

  it("gives the same by pages of the leaderboard, in the order of rank, value and name (§5)", async () => {
    const source = `query ($after: String) { standings(domain: "${slug}") { leaderboard(first: 50, after: $after) {
      pageInfo { hasNextPage endCursor } totalCount
      nodes { rank model { name } score { value } scores { benchmark { identifier } state value rank } } } } }`;
    const rows = [];
    for (let after: string | null = null, more = true; more;) {
      const leaderboard: Awaited<ReturnType<Joined["data"]>> = (await joined.data(source, { variables: { after } })).standings.leaderboard;
      rows.push(...leaderboard.nodes);
      after = leaderboard.pageInfo.endCursor;
      more = leaderboard.pageInfo.hasNextPage;
      if (!more) expect(rows).toHaveLength(leaderboard.totalCount);
    }
    const wrong = rows.flatMap(({ model: { name }, scores }) => {
      const cells = scores.map(({ benchmark, ...cell }: Cell & { benchmark: { identifier: string } }) => [benchmark.identifier, cell]);
      return differences(name, new Map(cells), wanted.get(name)!);
    });
    expect(wrong).toEqual([]);
    const scored = rows.filter(({ rank }) => rank !== null);
    for (let at = 1; at < scored.length; at++) {
      expect(scored[at].rank).toBeGreaterThanOrEqual(scored[at - 1].rank);
      expect(scored[at].score.value).toBeLessThanOrEqual(scored[at - 1].score.value);
    }
    expect(rows.slice(scored.length).map(({ model }) => model.name)).toEqual(
      rows
        .slice(scored.length)
        .map(({ model }) => model.name)
        .sort(),
    );
  });

  it("gives its private models' cells and the ranks that they would have, from the board (§5)", async () => {
    const board = (await readBoard(database.dataSource)).domain(slug)!;
    const standings = board.standings();
    const { identifiers } = board.catalog.tree;
    const slots = [...board.models.keys()].filter((slot) => !board.models[slot].isPublic);
    const wrong = slots.flatMap((slot) => {
      const cells = standings.scope.listedAll().map((node): [string, Cell] => {
        const value = standings.value(node, slot);
        return [identifiers[node], { state: STATES[standings.state(node, slot)], value, rank: standings.ranking(node).rank(slot) }];
      });
      return differences(board.models[slot].name, new Map(cells), wanted.get(board.models[slot].name)!);
    });
    expect(wrong).toEqual([]);
    expect(slots.length).toBe([...wanted.keys()].length - standings.populationSize);
  });

  it("gives them to an admin by the API, and to nobody else (§10)", async () => {
    const [{ name }] = await database.dataSource.query("SELECT name FROM model WHERE NOT is_public ORDER BY name LIMIT 1");
    const source = `query ($name: String!) { model(domain: "${slug}", name: $name) { scores(states: [SCORED, FAILED, NOT_RUN]) {
      benchmark { identifier } state value rank } } }`;
    const ask = (viewer: { accountPk: number; isAdmin: boolean } | null) => joined.data(source, { viewer, variables: { name } });
    const { model } = await ask({ accountPk: -1, isAdmin: true });
    const cells = model.scores.map(({ benchmark, ...cell }: Cell & { benchmark: { identifier: string } }) => [benchmark.identifier, cell]);
    expect(differences(name, new Map(cells), wanted.get(name)!)).toEqual([]);
    expect(await ask(null)).toEqual({ model: null });
    expect(await ask({ accountPk: -1, isAdmin: false })).toEqual({ model: null });
  });
});
