import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { CurrentBoard } from "../../src/board/current";
import { seeded } from "../../bench/seeded";
import { openCurrent } from "../board/open-current";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { TEST_SEED } from "../support/test-seed";
import { AGREEING_TREE, CONDITIONS, expectAgreement, LEAVES, QUESTION } from "./agreement";
import { changed } from "./release-world";

/** How long facts are written and read: at least, and at most where the machine has other work too and little has happened yet. */
const SECONDS = { least: 3, most: 25 };

/** Tells when it is enough: time has passed, and `isEnough` has come about. */
function timer(isEnough: () => boolean): () => boolean {
  const began = Date.now();
  return () => {
    const seconds = (Date.now() - began) / 1_000;
    return seconds > SECONDS.most || (seconds > SECONDS.least && isEnough());
  };
}

let database: TestDatabase;
let current: CurrentBoard;
let errors: unknown[];
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource).domain("vision").tree(AGREEING_TREE);
  for (let model = 0; model < 12; model++) story.model(`model-${model}`).score(`model-${model}`, LEAVES[model % 4], model / 12);
  await story.write();
  ({ current, errors } = await openCurrent(database, 16));
  joined = await openJoined(database, current);
});
afterAll(async () => {
  await current?.close();
  await database?.drop();
});

/** Writes facts of many kinds, one append after the other, until told to stop; tells of each append. */
async function writeUntil(isOver: () => boolean, seedNumber: number, onAppend: () => void = () => undefined): Promise<void> {
  const random = seeded(TEST_SEED + seedNumber);
  for (let models = 12; !isOver();) {
    const story = seed(database.dataSource).domain("vision");
    const leaf = LEAVES[random.integer(4)];
    const endedAt = new Date(Date.UTC(2020, 0, 1) + random.integer(700 * 86_400_000)).toISOString();
    const kind = random.integer(10);
    if (kind === 0) {
      const name = `model-${seedNumber}-${models++}`;
      story.model(name, { isPublic: random.integer(3) > 0, owner: "lab" }).score(name, leaf, { ceiled: random.uniform(), endedAt });
    } else if (kind === 1) story.also(changed("model", "pk = (SELECT max(pk) FROM model)", { is_public: true }));
    else if (kind === 2) story.also(changed("model", "pk = (SELECT max(pk) FROM model)", { is_public: false }));
    else if (kind === 3)
      story.also(
        changed("observation", "pk = (SELECT max(pk) FROM observation WHERE retracted_at IS NULL)", { retracted_at: "2024-01-01" }),
      );
    else if (kind === 4) story.score(`model-${random.integer(12)}`, leaf, { failed: true, endedAt });
    else story.score(`model-${random.integer(12)}`, leaf, { ceiled: random.integer(20) / 20, endedAt });
    await story.write();
    onAppend();
    // Room for those who read.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it("§9 all numbers of every answer agree, and revisions only grow, while facts are written", async () => {
  const revisions = new Set<number>();
  const answers = [0, 0];
  let appends = 0;
  let last = 0;
  const isOver = timer(() => appends > 5 && Math.min(...answers) > 5 && revisions.size > 3);
  const writing = writeUntil(isOver, 1, () => appends++);
  const read = async (offset: number) => {
    for (; !isOver(); answers[offset]++) {
      const under = CONDITIONS[(answers[offset] + offset) % CONDITIONS.length];
      const began = current.revision;
      const answer = await joined.data(QUESTION, { variables: { under } });
      expectAgreement(answer, under === null || !("among" in under));
      expect(current.revision).toBeGreaterThanOrEqual(began);
      if (offset === 0) {
        expect(Number(answer.standings.revision)).toBeGreaterThanOrEqual(last);
        last = Number(answer.standings.revision);
        revisions.add(last);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await Promise.all([writing, read(0), read(1)]);
  expect(errors).toEqual([]);
  expect(Math.min(...answers)).toBeGreaterThan(5);
  expect(appends).toBeGreaterThan(5);
  expect(revisions.size).toBeGreaterThan(3);
});

const PAGE = `query ($after: String, $isFirst: Boolean!) { standings(domain: "vision") { revision
  leaderboard(first: 3, after: $after) { totalCount nodes { rank model { name } score { value rank } } pageInfo { endCursor hasNextPage } }
  whole: leaderboard(first: 100) @include(if: $isFirst) { nodes { rank model { name } score { value rank } } } } }`;

it("§9 the pages of a leaderboard neither repeat nor drop a model while facts are written", async () => {
  let [whole, moved, expired] = [0, 0, 0];
  const isOver = timer(() => whole > 3 && moved > 3 && expired < whole);
  const writing = writeUntil(isOver, 2);
  lists: while (!isOver()) {
    const { standings } = await joined.data(PAGE, { variables: { isFirst: true } });
    const rows = [...standings.leaderboard.nodes];
    for (let { pageInfo } = standings.leaderboard; pageInfo.hasNextPage;) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const { data, errors: wrong } = await joined.ask(PAGE, { variables: { isFirst: false, after: pageInfo.endCursor } });
      if (wrong) {
        // The only thing that may go wrong: it took too long.
        expect(wrong.map(({ extensions }) => extensions.code)).toEqual(["EXPIRED_CURSOR"]);
        expired++;
        continue lists;
      }
      const next = JSON.parse(JSON.stringify(data)).standings;
      moved += Number(next.revision !== standings.revision);
      expect(next.leaderboard.totalCount).toBeLessThanOrEqual(standings.leaderboard.totalCount);
      rows.push(...next.leaderboard.nodes);
      ({ pageInfo } = next.leaderboard);
    }
    // A model that was made private since is not named any more (§10); everybody else is where they were.
    const listed = new Set(rows.map(({ model }) => model.name));
    expect(listed.size).toBe(rows.length);
    expect(rows).toEqual(standings.whole.nodes.filter(({ model }: { model: { name: string } }) => listed.has(model.name)));
    whole++;
  }
  await writing;
  expect(whole).toBeGreaterThan(3);
  expect(moved).toBeGreaterThan(3);
  expect(expired).toBeLessThan(whole);
});

it("§9 a cursor of a revision that is no longer kept is EXPIRED_CURSOR, in every list that is pinned", async () => {
  const lists = {
    leaderboard: `standings(domain: "vision") { leaderboard(first: 1, after: $after) { pageInfo { endCursor } } }`,
    conditions: `standings(domain: "vision", under: { missing: SKIP_ALL }) { leaderboard(first: 1, after: $after) { pageInfo { endCursor } } }`,
    benchmark: `benchmark(domain: "vision", identifier: "V1") { leaderboard(first: 1, after: $after) { pageInfo { endCursor } } }`,
    changes: `changes(domain: "vision", from: { asOf: "2019-06-01" }, first: 1, after: $after) { pageInfo { endCursor } }`,
  };
  const score = (day: number) => ({ ceiled: 0.5, endedAt: new Date(Date.UTC(2018, 0, day)).toISOString() });
  const write = async (day: number) => {
    await seed(database.dataSource).domain("vision").score("model-0", "a", score(day)).write();
    await current.refresh();
  };
  // Of what was written in private before, there may be boards of one public revision, of which any will do.
  await write(1);
  const ask = (list: string, after: string | null) => joined.ask(`query ($after: String) { ${list} }`, { variables: { after } });
  const begun = await Promise.all(
    Object.values(lists).map(async (list) => {
      const answer = JSON.stringify(await ask(list, null));
      const cursor = /"endCursor":"([^"]+)"/.exec(answer)?.[1] ?? answer;
      return { list, cursor };
    }),
  );
  for (const { list, cursor } of begun) expect((await ask(list, cursor)).errors).toBeUndefined();
  for (let day = 2; day < 22; day++) await write(day);
  for (const { list, cursor } of begun) {
    const { errors: wrong } = await ask(list, cursor);
    expect(wrong?.map(({ extensions }) => extensions.code)).toEqual(["EXPIRED_CURSOR"]);
  }
});

it("§10 a list goes on after a model that was made private since, without naming it", async () => {
  const lists = [
    `standings(domain: "vision") { leaderboard(first: 100, after: $after) { nodes { model { name } } edges { cursor } } }`,
    `changes(domain: "vision", from: { asOf: "2010-01-01" }, first: 100, after: $after) { nodes { model { name } } edges { cursor } }`,
  ];
  const ask = async (list: string, after: string | null) => {
    const data = await joined.data(`query ($after: String) { ${list} }`, { variables: { after } });
    const { nodes, edges } = data.changes ?? data.standings.leaderboard;
    return {
      names: nodes.map(({ model }: { model: { name: string } }) => model.name),
      cursors: edges.map(({ cursor }: { cursor: string }) => cursor),
    };
  };
  await seed(database.dataSource).domain("vision").model("the-leaver").score("the-leaver", "a", 0.33).write();
  await current.refresh();
  const begun = await Promise.all(lists.map((list) => ask(list, null)));
  const places = begun.map(({ names }) => names.indexOf("the-leaver"));
  expect(Math.min(...places)).toBeGreaterThan(0);
  await seed(database.dataSource)
    .also(changed("model", "name = 'the-leaver'", { is_public: false }))
    .write();
  await current.refresh();
  for (const [at, list] of lists.entries()) {
    const { names, cursors } = begun[at];
    expect((await ask(list, cursors[places[at] - 1])).names).toEqual(names.slice(places[at] + 1));
    expect((await ask(list, cursors[places[at]])).names).toEqual(names.slice(places[at] + 1));
  }
});
