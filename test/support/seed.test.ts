import { createTestDatabase, type TestDatabase } from "./database";
import { seed } from "./seed";
import { Benchmark } from "../../src/subgraphs/benchmarks/benchmark";
import { BenchmarkVersion } from "../../src/subgraphs/benchmarks/benchmark-version";
import { Model } from "../../src/subgraphs/models/model";
import { Observation } from "../../src/subgraphs/scores/observation";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision", { references: ["Doe2020"] })
    .reference("Doe2020")
    .reference("Roe2021", { doi: "10.1/x" })
    .tree(
      `
      average_vision    decimals 2
        V1
          leaf-a        versions 1 2, reference Doe2020
          leaf-b        invisible, exact
          leaf-c        no versions
      engineering       raw
      `,
    )
    .version("leaf-a", 2, { ceiling: 0.8, recording_region: "V1", samples: [{ position: 1, url: "a/1.png" }] })
    .account("lab", { display_name: "The Lab" })
    .model("alpha", { isPublic: true, owner: "lab", columns: { parameter_count: 1e6, submitted_at: "2020-08-01" } })
    .model("beta", { isPublic: false, owner: "lab", reference: "Roe2021" })
    .score("alpha", "leaf-a", { raw: 0.5, ceiled: 0.6, error: 0.01, endedAt: "2021-03-01", submission: "first" })
    .score("alpha", "leaf-a", { version: 1, failed: true })
    .score("beta", "leaf-b", 0.25)
    .write();
});
afterAll(() => database.drop());

test("a seed writes what it tells", async () => {
  const benchmarks = await database.dataSource.getRepository(Benchmark).find({ order: { pk: "ASC" } });
  const of = (name: string): Benchmark => benchmarks.find(({ identifier }) => identifier === name)!;
  expect(benchmarks).toHaveLength(6);
  expect(of("average_vision")).toMatchObject({ parentPk: null, rootPosition: 0, rankDecimals: 2, isRaw: false, isVisible: true });
  expect(of("engineering")).toMatchObject({ parentPk: null, rootPosition: 1, rankDecimals: 3, isRaw: true });
  expect(of("leaf-b")).toMatchObject({ parentPk: of("V1").pk, order: 1, rankDecimals: null, isVisible: false, rootPosition: null });
  expect(of("leaf-a").referencePk).toEqual(expect.any(Number));
  const observations = await database.dataSource.getRepository(Observation).find({ order: { pk: "ASC" } });
  expect(observations).toMatchObject([
    { raw: 0.5, ceiled: 0.6, error: 0.01, isFailed: false, startedAt: null, endedAt: new Date("2021-03-01"), submissionPk: 1 },
    { raw: null, ceiled: null, error: null, isFailed: true },
    { raw: 0.25, ceiled: 0.25, submissionPk: null, retractedAt: null },
  ]);
});

test("entities read every column, revisions as numbers, embedded parts always there", async () => {
  const [alpha, beta] = await database.dataSource.getRepository(Model).find({ order: { name: "ASC" } });
  expect(alpha).toMatchObject({
    name: "alpha",
    submittedAt: new Date("2020-08-01"),
    layers: [],
    metadata: { parameterCount: 1e6, notes: null },
  });
  expect(typeof alpha.revision).toBe("number");
  expect(beta).toMatchObject({ isPublic: false, metadata: { parameterCount: null } });
  const [one, two] = await database.dataSource.getRepository(BenchmarkVersion).find({ order: { pk: "ASC" } });
  expect(one).toMatchObject({
    number: 1,
    ceiling: null,
    stimuli: { count: null },
    recording: { region: null },
    metric: { name: null },
    samples: [],
  });
  expect(two).toMatchObject({ number: 2, ceiling: 0.8, recording: { region: "V1" }, samples: [{ position: 1, url: "a/1.png" }] });
});

test("a later seed speaks of what an earlier one wrote", async () => {
  const { count } = await seed(database.dataSource).domain("vision").score("alpha", "leaf-b", 0.75).write();
  expect(count).toBe(1);
});

test("entities and tables have the same columns", async () => {
  for (const { tableName, columns } of database.dataSource.entityMetadatas) {
    const rows: { name: string }[] = await database.dataSource.query(
      `SELECT attname AS "name" FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [tableName],
    );
    expect(columns.map(({ databaseName }) => databaseName).sort()).toEqual(rows.map(({ name }) => name).sort());
  }
});
