import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { releaseChecksum } from "../../src/board/release-checksum";
import { createRelease } from "../../src/subgraphs/scores/create-release";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined, type Question } from "../support/joined";
import { seed } from "../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../support/viewer-of";
import { changed, changeEverything, writeReleaseWorld } from "./release-world";

const SCORE = `id state value display error rank tiedWith percentile rankInterval { best worst } coverage { scored leaves }
  contributions { benchmark { identifier } value } version { number } statistics { count mean best { name } }
  observation { id raw ceiled retractedAt } history { raw ceiled endedAt retractedAt retractionReason }`;
const EVERYTHING = `query ($under: Conditions!) { standings(domain: "vision", under: $under) {
    revision asOf release { id name revision checksum createdAt } populationSize
    tree { benchmark { identifier } parent { identifier } depth leafCount weight version { number } statistics { count failed notRun mean } }
    matrix { models { name } benchmarks { identifier } states values errors ranks }
    leaderboard { totalCount nodes { rank model { name } scores { ${SCORE} } } edges { cursor } }
    compare(models: ["alpha", "beta"]) { sharedLeaves pairs { aWins bWins ties pearson differences { value } } rows { scores { value rank } } }
    scatter(x: "a", y: "c") { model { name } x y } citedReferences { key } }
  model(domain: "vision", name: "alpha") { scores(under: $under) { ${SCORE} } score(benchmark: "a", under: $under) { parent { ${SCORE} } } } }`;

/** Conditions on a release that look at what changes later. */
const CONDITIONS = [
  {},
  { among: { family: ["cnn"] } },
  { among: { search: "the lab" } },
  { among: { submitted: { to: "2021-01-01" } } },
  { only: { region: ["V1"] } },
  { only: { below: ["V1"] }, weights: [{ benchmark: "a", weight: 3 }], missing: "SKIP_NOT_RUN" },
];

const answers = async (joined: Joined, release: string, viewer: Question = {}): Promise<string> =>
  JSON.stringify(
    await Promise.all(CONDITIONS.map((under) => joined.data(EVERYTHING, { ...viewer, variables: { under: { ...under, release } } }))),
    null,
    1,
  );

describe("a release", () => {
  let database: TestDatabase;
  let before: string;
  let ofOwner: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    await writeReleaseWorld(database.dataSource);
    await createRelease(database.dataSource, { domain: "vision", name: "first", notes: "The first one." });
    const joined = await openJoined(database);
    before = await answers(joined, "first");
    ofOwner = await answers(joined, "first", { viewer: await viewerOf(database.dataSource, "lab") });
    await changeEverything(database.dataSource);
    await createRelease(database.dataSource, { domain: "vision", name: "second" });
  });
  afterAll(() => database.drop());

  it("§9 answers as the facts were when it was made, whatever came later, byte for byte", async () => {
    const joined = await openJoined(database);
    expect(await answers(joined, "first")).toBe(before);
    expect(await answers(joined, "first", { viewer: await viewerOf(database.dataSource, "lab") })).toBe(ofOwner);
    const other = JSON.stringify([await joined.data(EVERYTHING, { variables: { under: { release: "second" } } })], null, 1);
    expect(before.startsWith(other.slice(0, -2))).toBe(false);
  });

  it("§7 says what was recorded: by hand", async () => {
    const joined = await openJoined(database);
    const ask = async (under: unknown) => {
      const { leaderboard, populationSize } = (
        await joined.data(
          `query ($under: Conditions) { standings(domain: "vision", under: $under) { populationSize
            leaderboard { nodes { rank model { name } score { value } } } } }`,
          { variables: { under } },
        )
      ).standings;
      type Listed = { rank: number; model: { name: string }; score: { value: number } };
      return [
        populationSize,
        ...leaderboard.nodes.map(({ rank, model, score }: Listed) => `${rank} ${model.name} ${score.value.toFixed(3)}`),
      ];
    };
    // V1 and V4 count half each: alpha (.8/2 + .5)/2, beta (.6 + .9)/2/2, gamma .7/2 (a failed, b not run).
    expect(await ask({ release: "first" })).toEqual([3, "1 alpha 0.450", "2 beta 0.375", "3 gamma 0.350"]);
    // a is a root of its own and V4 has no visible leaf left: average is V1 is b, of version 3.
    expect(await ask({ release: "second" })).toEqual([5, "1 beta 0.200", "2 gamma 0.000"].slice(0, 2));
    expect(await ask({ release: "second" })).toEqual(await ask(null));
    expect(await ask({ release: "first", among: { family: ["vit"] } })).toEqual([1, "1 beta 0.375"]);
  });

  it("lists the releases, the newest first, and finds them by id", async () => {
    const joined = await openJoined(database);
    const { releases } = await joined.data(`{ releases(domain: "vision") { id name notes checksum createdAt revision domain { slug } } }`);
    expect(releases.map(({ name, notes }: { name: string; notes: string | null }) => [name, notes])).toEqual([
      ["second", null],
      ["first", "The first one."],
    ]);
    expect(releases[1]).toMatchObject({ domain: { slug: "vision" }, checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(Number(releases[1].revision)).toBeLessThan(Number(releases[0].revision));
    const { node } = await joined.data(`query ($id: ID!) { node(id: $id) { ... on Release { name } } }`, {
      variables: { id: releases[1].id },
    });
    expect(node).toEqual({ name: "first" });
  });

  it("§9 never changes and is never removed", async () => {
    const { dataSource } = database;
    await expect(dataSource.query(`UPDATE release SET notes = 'other', revision = 100000 WHERE name = 'first'`)).rejects.toThrow(
      /never changes/,
    );
    await expect(dataSource.query(`DELETE FROM release`)).rejects.toThrow();
    await expect(dataSource.query(`TRUNCATE release`)).rejects.toThrow();
  });

  it("refuses a name that is taken, an unusable one, and an unknown domain", async () => {
    const make = (name: string, domain = "vision") => createRelease(database.dataSource, { domain, name });
    await expect(make("first")).rejects.toMatchObject({ code: "CONFLICT" });
    for (const name of ["", " x", "x ", "a\nb", "x".repeat(201)])
      await expect(make(name)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
    await expect(make("third", "nowhere")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("§10 keeps its models public; one that no release holds can be made private again", async () => {
    const makePrivate = (name: string) =>
      seed(database.dataSource)
        .also(changed("model", `name = '${name}'`, { is_public: false }))
        .write();
    for (const name of ["alpha", "upcoming", "delta"]) await expect(makePrivate(name)).rejects.toThrow(/is in a release: it stays public/);
    await seed(database.dataSource).domain("vision").model("epsilon").write();
    await makePrivate("epsilon");
  });

  it("§10 shows private models of its time to their owner only, as if they joined, also once they are public", async () => {
    const { dataSource } = database;
    const joined = await openJoined(database);
    const source = `query ($name: String!) { model(domain: "vision", name: $name) { score(benchmark: "a", under: { release: "first" }) {
      value rank tiedWith statistics { count } } } standings(domain: "vision", under: { release: "first" }) {
      score(model: $name, benchmark: "a") { value } leaderboard(benchmark: "a") { nodes { model { name } } } } }`;
    const ask = (name: string, viewer: Question = {}) => joined.data(source, { ...viewer, variables: { name } });
    const [lab, rival] = [await viewerOf(dataSource, "lab"), await viewerOf(dataSource, "rival")];
    const leaderboard = { nodes: [{ model: { name: "alpha" } }, { model: { name: "beta" } }, { model: { name: "gamma" } }] };
    const unseen = { score: null, leaderboard };
    for (const viewer of [null, STRANGER, rival]) expect(await ask("hidden", { viewer })).toEqual({ model: null, standings: unseen });
    for (const viewer of [lab, ADMIN])
      expect(await ask("hidden", { viewer })).toEqual({
        model: { score: { value: 0.95, rank: 1, tiedWith: 0, statistics: { count: 2 } } },
        standings: { score: { value: 0.95 }, leaderboard },
      });
    for (const viewer of [null, STRANGER, lab])
      expect(await ask("upcoming", { viewer })).toEqual({ model: { score: null }, standings: unseen });
    expect((await ask("upcoming", { viewer: rival })).model).toEqual({
      score: { value: 0.7, rank: 2, tiedWith: 0, statistics: { count: 2 } },
    });
    // delta came later.
    expect(await ask("delta")).toEqual({ model: { score: null }, standings: unseen });
  });

  it("§9 pages of a release stay what they are while facts are written", async () => {
    const page = `query ($after: String) { standings(domain: "vision", under: { release: "first" }) { leaderboard(first: 1, after: $after) {
      nodes { model { name } } pageInfo { endCursor hasNextPage } } } }`;
    const names: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const answer = await (await openJoined(database)).data(page, { variables: { after } });
      const {
        leaderboard,
      }: { leaderboard: { nodes: { model: { name: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } =
        answer.standings;
      names.push(leaderboard.nodes[0].model.name);
      after = leaderboard.pageInfo.endCursor;
      more = leaderboard.pageInfo.hasNextPage;
      await seed(database.dataSource).domain("vision").model(`later-${names.length}`).score(`later-${names.length}`, "a", 1).write();
    }
    expect(names).toEqual(["alpha", "beta", "gamma"]);
  });
});

describe("its checksum", () => {
  const open: TestDatabase[] = [];
  const world = async (options: Parameters<typeof writeReleaseWorld>[1] = {}) => {
    const database = await createTestDatabase();
    open.push(database);
    await writeReleaseWorld(database.dataSource, options);
    return database;
  };
  const checksumOf = async ({ dataSource }: TestDatabase) => {
    const [{ pk, at }] = await dataSource.query(
      `SELECT d.pk, r.at_revision AS "at" FROM domain d JOIN release r ON r.domain_pk = d.pk AND r.name = 'first'`,
    );
    return releaseChecksum(dataSource, pk, at);
  };
  afterAll(() => Promise.all(open.map((database) => database.drop())));

  it("§9 is the same for ever, whatever comes later and wherever the server's clock stands", async () => {
    const database = await world();
    const { checksum } = await createRelease(database.dataSource, { domain: "vision", name: "first" });
    expect(await checksumOf(database)).toBe(checksum);
    await changeEverything(database.dataSource);
    expect(await checksumOf(database)).toBe(checksum);
    const [{ name }] = await database.dataSource.query(`SELECT current_database() AS name`);
    await database.dataSource.query(`ALTER DATABASE ${name} SET timezone = 'Asia/Kathmandu'`);
    await database.dataSource.query(`ALTER DATABASE ${name} SET extra_float_digits = 0`);
    await database.dataSource.query(`ALTER DATABASE ${name} SET datestyle = 'German'`);
    await database.dataSource.destroy();
    await database.dataSource.initialize();
    expect(await checksumOf(database)).toBe(checksum);
  });

  it("§10 and all answers are those of a world without private models", async () => {
    const [withPrivate, without] = [await world({ hasPrivate: true }), await world({ hasPrivate: false })];
    const [a, b] = [
      await createRelease(withPrivate.dataSource, { domain: "vision", name: "first" }),
      await createRelease(without.dataSource, { domain: "vision", name: "first" }),
    ];
    expect(a.checksum).toBe(b.checksum);
    expect(a.atPublicRevision).toBe(b.atPublicRevision);
    expect(a.id).toBe(b.id);
    const at = (text: string) => text.replaceAll(/"createdAt": "[^"]+"/g, '"createdAt"');
    const [ofA, ofB] = [await answers(await openJoined(withPrivate), "first"), await answers(await openJoined(without), "first")];
    expect(at(ofA)).toBe(at(ofB));
  });

  it.each([
    ["an observation", "observation", `UPDATE observation SET ceiled = 0.81 WHERE ceiled = 0.8`],
    ["a failure", "observation", `UPDATE observation SET is_failed = false WHERE is_failed`],
    ["a model's property", "model", `UPDATE model SET family = 'x' WHERE name = 'alpha'`],
    ["publicity", "model", `UPDATE model SET is_public = true WHERE name = 'hidden'`],
    ["a benchmark", "benchmark", `UPDATE benchmark SET is_visible = false WHERE identifier = 'c'`],
    ["a version", "benchmark_version", `UPDATE benchmark_version SET recording_region = 'V9' WHERE recording_region = 'V1'`],
    ["a reference", "reference", `UPDATE reference SET bibtex = bibtex || ' ' WHERE key = 'Leaf2021'`],
    ["the domain", "domain", `UPDATE domain SET usage = 'other'`],
    ["a contributor's name", "account", `UPDATE account SET display_name = 'x' WHERE key = 'lab'`],
  ])("§9 tells of tampering with %s by raw SQL", async (_, table, sql) => {
    const database = await world();
    const { checksum } = await createRelease(database.dataSource, { domain: "vision", name: "first" });
    await database.dataSource.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await database.dataSource.query(sql);
    expect(await checksumOf(database)).not.toBe(checksum);
  });

  it("§9 tells of tampering with earlier content", async () => {
    const database = await world();
    const { checksum } = await createRelease(database.dataSource, { domain: "vision", name: "first" });
    await changeEverything(database.dataSource);
    await database.dataSource.query(`ALTER TABLE earlier_content DISABLE TRIGGER USER`);
    await database.dataSource.query(
      `UPDATE earlier_content SET content = content || '{"ceiled": 0.61}' WHERE table_name = 'observation' AND content->>'ceiled' = '0.6'`,
    );
    expect(await checksumOf(database)).not.toBe(checksum);
  });
});
