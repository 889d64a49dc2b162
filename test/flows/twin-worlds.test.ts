import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seeded } from "../../bench/seeded";
import { View } from "../../src/board/view";
import { RULES } from "../../src/database/visible-facts";
import { exportDataset } from "../../src/dataset/export-dataset";
import type { HttpAnswer, HttpQuestion } from "../support/ask-http";
import { createQueryGenerator } from "../support/generate-query";
import { joinedSchema } from "../support/joined";
import { seed } from "../support/seed";
import { TEST_SEED } from "../support/test-seed";
import { KEPT_BOARDS, openTwin, type Twin } from "./open-twin";
import { documentedQueries, entityQueries, idQueries, namedQueries, pools, writes } from "./twin-questions";
import { KEYS } from "./twin-world";

/** Generated queries; TWIN_QUERIES asks for more by hand. */
const QUERIES = Number(process.env.TWIN_QUERIES ?? 300);

const ID_KEY = Buffer.alloc(32, 7);

const EVERYTHING_BUT_DATE = [
  ...(["hrtime", "nextTick", "performance", "queueMicrotask", "setImmediate", "clearImmediate"] as const),
  ...(["setInterval", "clearInterval", "setTimeout", "clearTimeout"] as const),
];

let plain: Twin;
let secretive: Twin;
/** All ids of the world with secrets, private ones included. */
let ids: string[];
beforeAll(async () => {
  // Facts tell when they were written: the clock stands still, so that both worlds tell the same. Only the clock: everything else goes on.
  jest.useFakeTimers({ now: new Date("2026-01-01T00:00:00Z"), doNotFake: [...EVERYTHING_BUT_DATE] });
  plain = await openTwin({ hasSecrets: false, idKey: ID_KEY });
  secretive = await openTwin({ hasSecrets: true, idKey: ID_KEY });
  const tables = ["domain", "account", "reference", "benchmark", "benchmark_version", "model", "submission", "observation", "release"];
  const union = [...tables.map((table) => `SELECT id FROM ${table}`), "SELECT contributor_id FROM account"].join(" UNION ");
  ids = (await secretive.dataSource.query(`SELECT id FROM (${union}) AS every ORDER BY id`)).map(({ id }: { id: string }) => id);
});
afterAll(async () => {
  jest.useRealTimers();
  await plain?.close();
  await secretive?.close();
});

/**
 * What differs between two answers of one server to one question. Sealed revisions are other bytes each time, as many each time: a test of
 * theirs holds that.
 */
const PASSING = ["date", "x-request-id", "x-scoretree-revision", "x-scoretree-min-revision"];

const told = ({ status, headers, body }: HttpAnswer) => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !PASSING.includes(name))),
  body,
});

/** Where several parts of an answer fail, the first to fail is told of: then both are asked again, so often. */
const RACES = 20;

/** Asks both worlds. */
async function both(question: HttpQuestion, subgraph?: string): Promise<ReturnType<typeof told>[]> {
  for (let race = 0; ; race++) {
    const answers = (await Promise.all([plain, secretive].map((twin) => twin.ask(question, subgraph)))).map(told);
    const [one, other] = answers.map((answer) => JSON.stringify(answer));
    if (one === other || race === RACES || !answers.every(({ body }) => body.includes('"errors"'))) return answers;
  }
}

/** Asks both worlds and gives the answer, which must be the same. */
async function same(question: HttpQuestion, subgraph?: string): Promise<string> {
  const [one, other] = await both(question, subgraph);
  expect({ question, ...other }).toEqual({ question, ...one });
  expect({ question, ...one }).not.toMatchObject({ body: expect.stringContaining("INTERNAL_SERVER_ERROR") });
  expect([question, one.status]).not.toEqual([question, 401]);
  return one.body;
}

/** Who asks: what an outsider sends to be known by. */
const OUTSIDERS: readonly [string, Readonly<Record<string, string>>][] = [
  ["anybody", {}],
  ["a stranger with an account", { authorization: `Bearer ${KEYS.stranger}` }],
];

/** The headers of the one who asks now. */
let headers: Readonly<Record<string, string>> = {};

const graphql = (query: string, variables: object = {}): HttpQuestion => ({ path: "/graphql", headers, body: { query, variables } });

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [path.join(entry.parentPath, entry.name)] : [],
  );

/** Lists that are paged through, two rows at a time. */
const LISTS = [
  `models(domain: "vision", first: 2, after: $after) { totalCount nodes { name } pageInfo { endCursor hasNextPage } }`,
  `models(domain: "vision", orderBy: { by: PARAMETER_COUNT }, first: 2, after: $after) { totalCount nodes { name } pageInfo { endCursor } }`,
  `benchmarks(domain: "vision", first: 2, after: $after) { nodes { identifier } pageInfo { endCursor hasNextPage } }`,
  `references(domain: "vision", first: 2, after: $after) { totalCount nodes { key } pageInfo { endCursor hasNextPage } }`,
  `standings(domain: "vision") { leaderboard(first: 2, after: $after) { totalCount nodes { rank model { name } } pageInfo { endCursor } } }`,
  `standings(domain: "vision", under: { release: "2021" }) { leaderboard(first: 2, after: $after) { nodes { rank model { name } } pageInfo { endCursor } } }`,
  `changes(domain: "vision", from: { asOf: "2020-01-01" }, first: 2, after: $after) { totalCount nodes { model { name } } pageInfo { endCursor } }`,
  `model(domain: "vision", name: "alpha") { contributor { models(first: 1, after: $after) { totalCount nodes { name } pageInfo { endCursor } } } }`,
];

describe.each(OUTSIDERS)("%s gets the same answers, byte for byte, whether there are secrets or not (§10)", (who, sent) => {
  beforeAll(() => void (headers = sent));

  it("has secrets in one world only, and other internal keys and revisions", async () => {
    const [one, other] = await Promise.all(
      [plain, secretive].map(async ({ dataSource }) => {
        const [{ models, low, revision }] = await dataSource.query(
          `SELECT count(*) AS models, min(pk) AS low, (SELECT last_revision FROM ledger) AS revision FROM model`,
        );
        return { models, low, revision } as Record<string, number>;
      }),
    );
    expect(other.models).toBeGreaterThan(one.models);
    expect(other.low).toBeGreaterThan(one.low);
    expect(other.revision).toBeGreaterThan(one.revision);
  });

  it("to every documented query", async () => {
    const queries = documentedQueries();
    expect(queries.length).toBeGreaterThan(10);
    for (const query of queries) await same(graphql(query, { name: "alpha" }));
  });

  it("to questions about everything by name", async () => {
    for (const query of namedQueries()) await same(graphql(query));
  });

  it("to questions by every id that there is", async () => {
    for (const query of idQueries(ids)) await same(graphql(query));
  });

  it("to references of a gateway, from each subgraph that is served alone", async () => {
    for (const { name, schema, entities } of joinedSchema().subgraphs)
      for (const { query, variables } of entityQueries(schema, Object.keys(entities), ids)) await same(graphql(query, variables), name);
  });

  it("by GET, with status and headers; to health, schema and samples", async () => {
    const query = encodeURIComponent(`{ models(domain: "vision") { totalCount nodes { name } } }`);
    const paths = [
      "/health/live",
      "/health/ready",
      "/schema.graphql",
      "/samples/vision/a/1.png",
      "/samples/vision/b/1.png",
      "/",
      "/nothing",
    ];
    for (const at of [`/graphql?query=${query}`, ...paths])
      for (const accept of ["*/*", "application/graphql-response+json"]) await same({ path: at, headers: { ...headers, accept } });
    await same({ path: "/graphql", method: "POST", headers, body: { query: 5 } });
  });

  it("to exports, file by file, and to releases by their checksums", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "scoretree-twins-"));
    try {
      for (const domain of ["vision", "language"]) {
        const exported = await Promise.all(
          [plain, secretive].map(async ({ dataSource }, at) => {
            const place = path.join(folder, `${domain}-${at}`);
            await exportDataset(dataSource, place, { domain });
            return Object.fromEntries(filesBelow(place).map((file) => [path.relative(place, file), readFileSync(file, "latin1")]));
          }),
        );
        expect(exported[1]).toEqual(exported[0]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("page after page, with cursors of either world in the other", async () => {
    for (const list of LISTS) {
      let after: string | null = null;
      for (let pages = 0; pages < 20; pages++) {
        const answer = await same(graphql(`query ($after: String) { ${list} }`, { after }));
        const next = /"endCursor":"([^"]+)"/.exec(answer)?.[1];
        expect([list, pages, answer]).toEqual([list, pages, expect.not.stringContaining("errors")]);
        if (!next) break;
        // The answers are the same, and so are the cursors in them.
        after = next;
      }
    }
  });

  it(`to ${QUERIES} generated queries`, async () => {
    const cursors = ["x"];
    const random = seeded(TEST_SEED + who.length);
    const generate = createQueryGenerator(joinedSchema().schema, { random, pools: pools(ids, cursors) });
    let answered = 0;
    for (let count = 0; count < QUERIES; count++) {
      const answer = await same(graphql(generate()));
      for (const [, cursor] of answer.matchAll(/"([\w-]{40,})"/g)) if (cursors.length < 200) cursors.push(cursor);
      answered += Number(/"data":\{/.test(answer));
    }
    expect(answered).toBeGreaterThan(QUERIES / 3);
  }, 600_000);
});

/** Filters that keep secrets, each with a way to take it out. What is given back puts it in again. */
const FILTERS: readonly [string, () => () => void][] = [
  ["what a view shows of the board", () => restoring(jest.spyOn(View.prototype, "sees").mockReturnValue(true))],
  ["contributors of a view", () => restoring(jest.spyOn(View.prototype, "seesContributor").mockReturnValue(true))],
  ["the public revision", () => restoring(jest.spyOn(View.prototype, "revision", "get").mockImplementation(wholeRevision))],
  ["the population", () => letAllCount(secretive)],
  ["models that a request reads", () => letAllThrough("model")],
  ["observations that a request reads", () => letAllThrough("observation")],
  ["references that a request reads", () => letAllThrough("reference")],
  ["accounts that a request reads", () => letAllThrough("account")],
  ["submissions that a request reads", () => letAllThrough("submission")],
];

const restoring = (replaced: { mockRestore?(): void; restore?(): void }) => () =>
  (replaced.mockRestore ?? replaced.restore)!.call(replaced);

const letAllThrough = (table: keyof typeof RULES) => restoring(jest.replaceProperty(RULES, table, { everybody: "true" }));

function wholeRevision(this: View): string {
  return String(this.catalog.ledger.revision);
}

function letAllCount(twin: Twin): () => void {
  const { publicModels } = twin.board().domain("vision")!;
  const before = publicModels.slice();
  publicModels.fill(1);
  return () => publicModels.set(before);
}

/** The same question, with something in it that keeps its answer from being one of those that are kept. */
const computedAnew = (question: HttpQuestion): HttpQuestion => ({
  ...question,
  body: { ...(question.body as object), extensions: { anew: true } },
});

const fresh = seeded(TEST_SEED);

describe.each(FILTERS)("without the filter of %s (§10)", (_, takeOut) => {
  beforeAll(() => void (headers = {}));

  it("outsiders could tell: the questions of this test find the leak", async () => {
    // Findings of a board are kept: these are asked here for the first time.
    const conditions = ["a", "b", "c"].map((benchmark, at) => `{ weights: [{ benchmark: "${benchmark}", weight: ${fresh.uniform()} }], missing: ${["ZERO", "SKIP_ALL", "ZERO"][at]} }`); // prettier-ignore
    const questions: [HttpQuestion, string?][] = [
      ...conditions.map((under): [HttpQuestion] => [
        graphql(`{ standings(domain: "vision", under: ${under}) { populationSize leaderboard { totalCount } } }`),
      ]),
      ...joinedSchema().subgraphs.flatMap(({ name, schema, entities }) =>
        entityQueries(schema, Object.keys(entities), ids).map(({ query, variables }): [HttpQuestion, string] => [
          graphql(query, variables),
          name,
        ]),
      ),
      ...[...idQueries(ids), ...namedQueries()].map((query): [HttpQuestion] => [graphql(query)]),
    ];
    const putIn = takeOut();
    let leaks = false;
    try {
      for (const [question, subgraph] of questions) {
        const [one, other] = await both(computedAnew(question), subgraph);
        if ((leaks = JSON.stringify(one) !== JSON.stringify(other))) break;
      }
    } finally {
      putIn();
    }
    expect(leaks).toBe(true);
  });
});

describe("a stranger who writes gets the same answers, byte for byte, whether there are secrets or not (§10)", () => {
  beforeAll(() => void (headers = OUTSIDERS[1][1]));

  it("to every mutation: names, ids, references, submissions and keys of others are as if they were not there", async () => {
    // All accounts and keys but its own: a new key of its own is random, and with its own one it asks.
    const others = `SELECT id FROM account WHERE key <> 'stranger' UNION
      SELECT api_key.id FROM api_key JOIN account ON account.pk = account_pk WHERE account.key <> 'stranger' ORDER BY id`;
    const rows: { id: string }[] = await secretive.dataSource.query(others);
    const mutations = writes([...ids.filter((id) => !id.startsWith("account_")), ...rows.map(({ id }) => id)]);
    for (const mutation of mutations) await same(graphql(mutation));
    const written = await Promise.all([plain, secretive].map(async ({ dataSource }) => (await dataSource.query("SELECT max(public_revision) AS last FROM fact_append"))[0].last)); // prettier-ignore
    expect(written[1]).toBe(written[0]);
  });

  it("to everything that is asked after that", async () => {
    for (const query of [...namedQueries(), ...idQueries(ids)]) await same(graphql(query));
    headers = {};
    for (const query of [...namedQueries(), ...idQueries(ids)]) await same(graphql(query));
  });
});

describe("what happens in secret (§10)", () => {
  beforeAll(() => void (headers = {}));

  const inBoth = async (tell: (told: ReturnType<typeof seed>) => ReturnType<typeof seed>, twins = [plain, secretive]) => {
    for (const { dataSource, catchUp } of twins) {
      await tell(seed(dataSource).domain("vision")).write();
      await catchUp();
    }
  };
  const inSecret = (name: string) =>
    inBoth(
      (told) => told.model(name, { isPublic: false, owner: "shadow" }).score(name, "a", { ceiled: 0.95, owner: "shadow" }),
      [secretive],
    );

  it("does not end lists that were begun before, nor keep them", async () => {
    const list = (after: string | null) =>
      graphql(`query ($after: String) { standings(domain: "vision") { revision leaderboard(first: 1, after: $after) { totalCount pageInfo { endCursor } } } }`, { after }); // prettier-ignore
    const begun = /"endCursor":"([^"]+)"/.exec(await same(list(null)))![1];
    const codes: string[] = [];
    for (let change = 0; change < KEPT_BOARDS + 2; change++) {
      await inBoth((told) => told.score("gamma", "d", { ceiled: 0.1, endedAt: `2024-05-0${change + 1}` }));
      for (let secret = 0; secret < KEPT_BOARDS + 1; secret++) await inSecret(`secret-${change}-${secret}`);
      codes.push(/EXPIRED_CURSOR/.exec(await same(list(begun)))?.[0] ?? "goes on");
    }
    expect(codes).toEqual([...Array.from({ length: KEPT_BOARDS }, () => "goes on"), "EXPIRED_CURSOR", "EXPIRED_CURSOR"]);
  });

  it.each(OUTSIDERS)(
    "is no event for %s, and is in none",
    async (_, sent) => {
      const subscription = `subscription { standingsChanged(domain: "vision", benchmark: "a") { revision benchmark { identifier } movers { model { id name } before { rank value } after { rank value } rankGain } } }`; // prettier-ignore
      const question = { ...graphql(subscription), headers: sent };
      const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
      const happen = async (twin: Twin) => {
        for (let secret = 0; secret < 3; secret++) if (twin === secretive) await inSecret(`silent-${sent.authorization ?? ""}-${secret}`);
        await pause(400);
        // Ends that no other run has: each outsider's events are of their own scores.
        const endedAt = sent.authorization ? "2025-02-01" : "2025-01-01";
        await inBoth((told) => told.score("delta", "a", { raw: 5, ceiled: sent.authorization ? 0.9 : 0.8, endedAt }), [twin]);
        await pause(600);
        if (twin === secretive) await inSecret(`silent-${sent.authorization ?? ""}-last`);
        await pause(400);
      };
      const [one, other] = await Promise.all([plain, secretive].map((twin) => twin.listen(question, () => happen(twin))));
      expect(other).toBe(one);
      expect(one).toMatch(/^200 text\/event-stream/);
      expect([one, one.split("event: next").length]).toEqual([one, 2]);
      expect(one).toContain('"name":"delta"');
    },
    60_000,
  );
});
