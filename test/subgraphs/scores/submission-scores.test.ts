import { graphql } from "graphql";
import type { Board } from "../../../src/board/board";
import { readBoard } from "../../../src/board/read-facts";
import { View } from "../../../src/board/view";
import type { Viewer } from "../../../src/board/viewer";
import { Context } from "../../../src/federation/context";
import { standalone } from "../../../src/federation/standalone";
import { buildSubgraph } from "../../../src/federation/subgraph";
import { scores } from "../../../src/subgraphs/scores/subgraph";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { seed } from "../../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../../support/viewer-of";

const schema = standalone(buildSubgraph(scores));

let database: TestDatabase;
let lab: Viewer;
let old: Board;
const ids: Record<string, string> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource)
    .domain("vision")
    .tree("average_vision\n  leaf-a    versions 1 2\n  leaf-b\n  leaf-c    invisible")
    .model("alpha", { owner: "lab" })
    .model("draft", { owner: "lab", isPublic: false })
    .model("secret", { owner: "rival", isPublic: false })
    .score("alpha", "leaf-b", { raw: 0.5, ceiled: 0.5, submission: "first" })
    .score("alpha", "leaf-a", { raw: 0.1, ceiled: 0.1, version: 1, submission: "first" })
    .score("draft", "leaf-b", { raw: 0.6, ceiled: 0.6, submission: "first" })
    .score("alpha", "leaf-b", { raw: 0.4, ceiled: 0.4, endedAt: "2021-02-01", submission: "first" })
    .score("alpha", "leaf-c", { raw: 0.3, ceiled: 0.3, submission: "first" })
    .score("secret", "leaf-b", { raw: 0.9, ceiled: 0.9, submission: "mixed" })
    .write();
  // As after a model went from one account to another: the submission stays, its models are no longer the sender's.
  await seed(dataSource)
    .also(async ({ query, change }) => {
      const [{ pk }] = await query(`SELECT pk FROM submission WHERE key = 'mixed'`);
      await change("submission", [{ pk, account_pk: (await query(`SELECT pk FROM account WHERE key = 'lab'`))[0].pk }]);
    })
    .write();
  old = await readBoard(dataSource);
  await seed(dataSource)
    .domain("vision")
    .score("draft", "leaf-a", { raw: 0.7, ceiled: 0.7, submission: "late" })
    .score("draft", "leaf-b", { raw: 0.2, ceiled: 0.2, endedAt: "2021-03-01", submission: "later" })
    .write();
  for (const { key, id } of await dataSource.query(`SELECT key, id FROM submission`)) ids[key] = id;
  lab = await viewerOf(dataSource, "lab");
});
afterAll(() => database?.drop());

/** What the subgraph answers to a gateway that sends references to submissions, from a board that may be behind. */
async function cells(keys: readonly string[], { viewer = lab, argument = "" }: { viewer?: Viewer; argument?: string } = {}) {
  const { data, errors } = await graphql({
    schema,
    source: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Submission { scores${argument} { model { name } benchmark { identifier } value rank } } } }`,
    variableValues: { of: keys.map((key) => ({ __typename: "Submission", id: ids[key] ?? key, revision: "1" })) },
    contextValue: new Context({
      view: new View(old, viewer),
      viewAt: async () => new View(await readBoard(database.dataSource), viewer),
      dataSource: database.dataSource,
      baseUrl: "",
    }),
  });
  if (errors) throw new Error(errors[0].message);
  type Entity = { scores: { model: { name: string }; benchmark: { identifier: string }; value: number; rank: number }[] };
  return (data!._entities as Entity[]).map((entity) =>
    entity.scores.map(({ model, benchmark, value, rank }) => `${model.name} ${benchmark.identifier} ${value} #${rank}`),
  );
}

describe("the scores of a submission", () => {
  it("are the cells that it wrote, each once, in its order, as they stand: of the current version, and none outside the tree (§3)", async () => {
    expect(await cells(["first"])).toEqual([["alpha leaf-b 0.5 #1", "alpha leaf-a null #null", "draft leaf-b 0.6 #1"]]);
    expect(await cells(["first"], { argument: "(first: 2)" })).toEqual([["alpha leaf-b 0.5 #1", "alpha leaf-a null #null"]]);
    await expect(cells(["first"], { argument: "(first: 1001)" })).rejects.toThrow("`first` must be from 0 to 1000; got 1001.");
  });

  it("show no model that is not the viewer's to see, nor anything of another's submission (§10)", async () => {
    expect(await cells(["mixed"])).toEqual([[]]);
    expect(await cells(["mixed"], { viewer: ADMIN })).toEqual([["secret leaf-b 0.9 #1"]]);
    for (const viewer of [null, STRANGER]) expect(await cells(["first", "mixed"], { viewer })).toEqual([[], []]);
  });

  it("are there for who wrote it at another process, also when this one is behind and the public revision did not move (§9)", async () => {
    expect(await cells(["late", "later"])).toEqual([["draft leaf-a 0.7 #1"], ["draft leaf-b 0.6 #1"]]);
  });

  it("of nothing are none", async () => {
    expect(await cells(["submission_none", "\0"])).toEqual([[], []]);
  });
});
