import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { seeded } from "../../bench/seeded";
import { readBoard } from "../../src/board/read-facts";
import { View } from "../../src/board/view";
import { Context } from "../../src/federation/context";
import { standalone } from "../../src/federation/standalone";
import { type Asked, both, type Both } from "../support/ask-both";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { createQueryGenerator } from "../support/generate-query";
import { joinedSchema } from "../support/joined";
import { TEST_SEED } from "../support/test-seed";
import { varyQuery } from "../support/vary-query";
import { documentedQueries, entityQueries, idQueries, namedQueries, pools } from "./twin-questions";
import { writeTwinWorld } from "./twin-world";

/** Generated queries. */
const QUERIES = 3_000;

/** Where several parts of an answer fail, the first to fail is told of: then it is asked again, so often. */
const RACES = 20;

let database: TestDatabase;
let ids: string[];
let context: () => Context;
let joined: Both;
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await writeTwinWorld(dataSource, { hasSecrets: true, idKey: Buffer.alloc(32, 7) });
  const board = await readBoard(dataSource);
  context = () => new Context({ view: new View(board, null), dataSource, baseUrl: "http://scoretree.test" });
  const tables = ["domain", "reference", "benchmark", "benchmark_version", "model", "observation", "release"];
  const union = tables.map((table) => `SELECT id FROM ${table}`).join(" UNION ");
  ids = (await dataSource.query(`SELECT id FROM (${union}) AS every ORDER BY id`)).map(({ id }: { id: string }) => id);
  joined = both(joinedSchema().schema, context);
});
afterAll(() => database?.drop());

/** Asks until the answers are the same, and expects that they come to be. Gives the answer; null if the question is not valid. */
async function same(schema: Both, asked: Asked, isAskedAgain = true): Promise<string | null> {
  for (let race = 0; ; race++) {
    const answers = await schema.ask(asked, isAskedAgain);
    if (!answers) return null;
    const { expected, first, again } = answers;
    if (first === expected && again === expected) return expected;
    if (race === RACES) expect({ asked, first, again }).toEqual({ asked, first: expected, again: expected });
  }
}

describe("answers by plan are those of graphql-js: data, and errors with code, path and locations", () => {
  it("to every documented query", async () => {
    const queries = documentedQueries().filter((query) => !query.includes("mutation"));
    const answers = [];
    // Some are of other schemas: a gateway's, or with a subgraph of somebody else's.
    for (const query of queries) answers.push(await same(joined, { query, variables: { name: "alpha" } }));
    expect(answers.filter((answer) => answer !== null).length).toBeGreaterThan(queries.length / 2);
  });

  it("to questions by name and by id", async () => {
    for (const query of [...namedQueries(), ...idQueries(ids)]) await same(joined, { query });
  });

  it("to references of a gateway, from each subgraph that is served alone", async () => {
    for (const subgraph of joinedSchema().subgraphs) {
      const alone = both(standalone(subgraph), context);
      for (const { query, variables } of entityQueries(subgraph.schema, Object.keys(subgraph.entities), ids))
        await same(alone, { query, variables: variables as Asked["variables"] });
      expect(alone.counts.plannedTotal).toBeGreaterThan(0);
    }
  });

  it(`to ${QUERIES} generated queries with variables, conditions and fragments`, async () => {
    const { schema } = joinedSchema();
    const cursors = ["x"];
    const random = seeded(TEST_SEED);
    const generate = createQueryGenerator(schema, { random, pools: pools(ids, cursors), size: 30 });
    const before = { ...joined.counts };
    let asked = 0;
    let faulty = 0;
    for (let drawn = 0; asked < QUERIES && drawn < 2 * QUERIES; drawn++) {
      const answer = await same(joined, varyQuery(schema, generate(), random), drawn % 8 === 0);
      if (answer === null) continue;
      asked++;
      faulty += Number(answer.includes(`"errors":[`));
      for (const [, cursor] of answer.matchAll(/"([\w-]{40,})"/g)) if (cursors.length < 200) cursors.push(cursor);
    }
    const { counts } = joined;
    expect(asked).toBe(QUERIES);
    expect(faulty).toBeGreaterThan(QUERIES / 10);
    expect(counts.plannedTotal - before.plannedTotal).toBeGreaterThan(QUERIES / 4);
  }, 900_000);
});
