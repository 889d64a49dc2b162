import { seed } from "../../support/seed";
import { type LabWorld, makeLabWorld } from "./lab-world";

let world: LabWorld;
beforeAll(async () => {
  world = await makeLabWorld();
  const story = seed(world.database.dataSource).domain("vision");
  // All of them at one instant.
  for (let n = 0; n < 7; n++) story.score("alpha", "leaf-b", { raw: n, ceiled: n / 10, endedAt: `2021-01-0${n + 1}`, submission: `s${n}` });
  await story.score("theirs", "leaf-b", { raw: 1, ceiled: 1, endedAt: "2021-03-01", submission: "other" }).write();
  // What the test wrote is read with the first mutation.
  await world.joined.data(
    `mutation { submitScores(input: { domain: "vision", submissionKey: "last", scores: [
      { model: "alpha", benchmark: "leaf-c", version: 1, raw: 1, endedAt: "2021-01-01" }] }) { replayed } }`,
    { viewer: world.lab },
  );
});
afterAll(() => world?.database.drop());

it("pages through submissions of one instant without losing or doubling any, the newest first", async () => {
  const keys: string[] = [];
  const pages: [boolean, boolean][] = [];
  let after: string | null = null;
  do {
    const { viewer } = await world.joined.data(
      `query ($after: String) { viewer { submissions(first: 3, after: $after) {
        totalCount nodes { key } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`,
      { viewer: world.lab, variables: { after } },
    );
    const { totalCount, nodes, pageInfo } = viewer.submissions;
    expect(totalCount).toBe(8);
    keys.push(...nodes.map(({ key }: { key: string }) => key));
    pages.push([pageInfo.hasPreviousPage, pageInfo.hasNextPage]);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(keys[0]).toBe("last");
  expect([...keys].sort()).toEqual(["last", "s0", "s1", "s2", "s3", "s4", "s5", "s6"]);
  expect(pages).toEqual([
    [false, true],
    [true, true],
    [true, false],
  ]);
});

it("gives an empty page of none", async () => {
  const { viewer } = await world.joined.data(
    `{ viewer { submissions(first: 0) { totalCount nodes { key } pageInfo { hasNextPage endCursor } } } }`,
    { viewer: world.lab },
  );
  expect(viewer.submissions).toEqual({ totalCount: 8, nodes: [], pageInfo: { hasNextPage: true, endCursor: null } });
});
