import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN } from "../../support/viewer-of";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .reference("A2020")
    .reference("B2021")
    .reference("AgainA", { work: "A2020" })
    .tree(
      `
      average_vision
        V1              reference A2020
          leaf-a        reference B2021
          leaf-b        versions 1 2, reference AgainA
        hidden-group    invisible
          leaf-c
        hidden-leaf     invisible, reference B2021
        unversioned     no versions
      engineering       raw
      `,
    )
    .model("delta")
    .model("alpha")
    .model("beta")
    .model("never")
    .model("secret", { isPublic: false, owner: "lab" })
    .score("alpha", "leaf-a", { raw: 0.6, ceiled: 0.6, error: 0.06 })
    .score("alpha", "leaf-b", 0.4)
    .score("alpha", "leaf-c", { raw: 1.5, ceiled: 1.2 })
    .score("alpha", "engineering", { raw: -20, ceiled: 0.5 })
    .score("beta", "leaf-a", { failed: true })
    .score("beta", "leaf-b", { version: 1, raw: 0.9, ceiled: 0.9 })
    .score("beta", "engineering", { raw: 80 })
    .score("delta", "leaf-a", 0.2)
    .score("delta", "hidden-leaf", 0.2)
    .score("secret", "leaf-a", 1)
    .domain("empty")
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const standings = async (selection: string, domain = "vision") =>
  (await joined.data(`{ standings(domain: "${domain}") { ${selection} } }`)).standings;

describe("standings", () => {
  it("name their domain, revision and population", async () => {
    const [{ public_revision: revision }] = await database.dataSource.query("SELECT public_revision FROM ledger");
    expect(await standings("domain { slug } revision populationSize asOf release { name }")).toEqual({
      domain: { slug: "vision" },
      revision: String(revision),
      populationSize: 4,
      asOf: null,
      release: null,
    });
    const { data } = await joined.ask(`{ standings(domain: "vision") { revision populationSize } }`, { viewer: ADMIN });
    expect(data).toMatchObject({ standings: { populationSize: 4 } });
  });

  it("show the tree that counts, invisible parents replaced by what is below them (§3)", async () => {
    const { tree } = await standings(
      "tree { benchmark { identifier } parent { identifier } depth leafCount weight version { number } statistics { count } }",
    );
    const lines = tree.map((node: Record<string, never>) => {
      const { benchmark, parent, depth, leafCount, weight, version, statistics } = node as never as Record<string, never>;
      return [benchmark, parent, version, depth, leafCount, weight, statistics].map((value) => Object.values(value ?? [null])[0] ?? value);
    });
    expect(lines).toEqual([
      ["average_vision", null, null, 0, 3, 1, 2],
      ["V1", "average_vision", null, 1, 2, 1, 2],
      ["leaf-a", "V1", 1, 2, 1, 1, 2],
      ["leaf-b", "V1", 2, 2, 1, 1, 1],
      ["leaf-c", "average_vision", 1, 1, 1, 1, 1],
      ["engineering", null, 1, 0, 1, 1, 2],
    ]);
    expect((await standings("tree(maxDepth: 0) { depth }")).tree).toHaveLength(2);
    expect(await faultsOf(joined, `{ standings(domain: "vision") { tree(maxDepth: -1) { depth } } }`)).toEqual([
      "BAD_USER_INPUT at standings.tree: `maxDepth` must be from 0 to 1000; got -1.",
    ]);
  });

  it("cite the works of the tree in tree order, each once", async () => {
    expect((await standings("citedReferences { key }")).citedReferences).toEqual([{ key: "A2020" }, { key: "B2021" }]);
  });

  it("of a domain without anything are empty, and of an unknown one refused", async () => {
    expect(
      await standings(
        "populationSize tree { depth } matrix { models { name } benchmarks { identifier } values } citedReferences { key }",
        "empty",
      ),
    ).toEqual({ populationSize: 0, tree: [], matrix: { models: [], benchmarks: [], values: [] }, citedReferences: [] });
    expect(await faultsOf(joined, `{ standings(domain: "none") { revision } }`)).toEqual([
      'NOT_FOUND at standings: There is no domain "none".',
    ]);
  });
});

describe("one cell", () => {
  const cell = (model: string, benchmark: string, selection = "state value display") =>
    standings(`score(model: "${model}", benchmark: "${benchmark}") { ${selection} }`).then(({ score }) => score);

  it("is SCORED, FAILED or NOT_RUN, clamped unless raw (§2, §4)", async () => {
    expect(await cell("alpha", "leaf-c")).toEqual({ state: "SCORED", value: 1, display: "1.0" });
    expect(await cell("alpha", "engineering")).toEqual({ state: "SCORED", value: -20, display: "-20.0" });
    expect(await cell("beta", "engineering")).toEqual({ state: "SCORED", value: 80, display: "80.0" });
    expect(await cell("beta", "leaf-a")).toEqual({ state: "FAILED", value: null, display: "X" });
    expect(await cell("beta", "leaf-b")).toEqual({ state: "NOT_RUN", value: null, display: "" });
  });

  it("of a parent averages the children in the tree, errors and coverage with it (§3)", async () => {
    expect(await cell("alpha", "average_vision", "value coverage { scored leaves }")).toEqual({
      value: (0.5 + 1) / 2,
      coverage: { scored: 3, leaves: 3 },
    });
    expect((await cell("alpha", "V1", "error")).error).toBeCloseTo(0.03, 12);
    expect(await cell("beta", "average_vision", "state error rank observation { raw } history { raw }")).toEqual({
      ...{ state: "FAILED", error: null, rank: null, observation: null, history: [] },
    });
  });

  it("has contributions that sum to its value, the largest first (§3)", async () => {
    const { contributions, value } = await cell("alpha", "average_vision", "value contributions { benchmark { identifier } value }");
    expect(contributions.map(({ benchmark }: { benchmark: { identifier: string } }) => benchmark.identifier)).toEqual([
      ...["leaf-c", "leaf-a", "leaf-b"],
    ]);
    expect(contributions.reduce((sum: number, each: { value: number }) => sum + each.value, 0)).toBeCloseTo(value, 12);
    expect((await cell("beta", "average_vision", "contributions { value }")).contributions).toEqual([]);
  });

  it("knows its parent and children as listings show them (§3)", async () => {
    const selection = "parent { benchmark { identifier } } children { benchmark { identifier } }";
    const names = (scores: { benchmark: { identifier: string } }[]) => scores.map(({ benchmark }) => benchmark.identifier);
    const root = await cell("alpha", "average_vision", selection);
    expect([root.parent, names(root.children)]).toEqual([null, ["V1", "leaf-c"]]);
    const group = await cell("alpha", "hidden-group", selection);
    expect([names([group.parent]), names(group.children)]).toEqual([["average_vision"], ["leaf-c"]]);
    const leaf = await cell("alpha", "leaf-c", selection);
    expect([names([leaf.parent]), leaf.children]).toEqual([["average_vision"], []]);
  });

  it("is null outside the tree and for an unknown model, an error for an unknown benchmark (§3)", async () => {
    for (const identifier of ["hidden-leaf", "unversioned"]) expect(await cell("delta", identifier)).toBeNull();
    expect(await cell("none", "leaf-a")).toBeNull();
    expect(await cell("secret", "leaf-a")).toBeNull();
    expect(await faultsOf(joined, `{ standings(domain: "vision") { score(model: "alpha", benchmark: "none") { value } } }`)).toEqual([
      'NOT_FOUND at standings.score: There is no benchmark "none".',
    ]);
  });

  it("refuses a confidence that is none and a negative number of contributions", async () => {
    const faults = (field: string) =>
      faultsOf(joined, `{ standings(domain: "vision") { score(model: "alpha", benchmark: "leaf-a") { ${field} } } }`);
    for (const confidence of ["0", "1", "-0.5", "1.5"])
      expect(await faults(`rankInterval(confidence: ${confidence}) { best }`)).toEqual([
        expect.stringMatching(/^BAD_USER_INPUT at standings.score.rankInterval/),
      ]);
    expect(await faults("contributions(first: -1) { value }")).toEqual([
      expect.stringMatching(/^BAD_USER_INPUT at standings.score.contributions/),
    ]);
  });

  it("is one of a model's cells: in tree order over all roots, by default those that were run", async () => {
    const scores = async (model: string, argument = "") => {
      const { model: found } = await joined.data(
        `{ model(domain: "vision", name: "${model}") { scores${argument} { benchmark { identifier } display } } }`,
      );
      return found.scores.map(
        ({ benchmark, display }: { benchmark: { identifier: string }; display: string }) => `${benchmark.identifier} ${display}`,
      );
    };
    expect(await scores("beta")).toEqual(["average_vision X", "V1 X", "leaf-a X", "engineering 80.0"]);
    expect(await scores("beta", "(states: [NOT_RUN])")).toEqual(["leaf-b ", "leaf-c "]);
    expect(await scores("alpha", "(leavesOnly: true)")).toEqual(["leaf-a .600", "leaf-b .400", "leaf-c 1.0", "engineering -20.0"]);
    expect(await scores("alpha", "(maxDepth: 0)")).toEqual(["average_vision .750", "engineering -20.0"]);
    expect(await scores("alpha", '(benchmarks: ["leaf-b", "V1", "hidden-leaf"])')).toEqual(["V1 .500", "leaf-b .400"]);
    expect(await scores("never")).toEqual([]);
    expect(await faultsOf(joined, `{ model(domain: "vision", name: "alpha") { scores(benchmarks: ["none"]) { display } } }`)).toEqual([
      'NOT_FOUND at model.scores: There is no benchmark "none".',
    ]);
  });
});
