import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Board } from "../../src/board/board";
import type { DomainBoard } from "../../src/board/domain-board";
import { readBoard } from "../../src/board/read-facts";
import { View } from "../../src/board/view";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../support/viewer-of";

let database: TestDatabase;
let board: Board;
let vision: DomainBoard;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision", { references: ["Cited2020"], columns: { usage: "use {name}", license: "CC0-1.0" } })
    .reference("Cited2020")
    .reference("Leaf2021")
    .reference("Hidden2022")
    .reference("Uncited2000")
    .tree(
      `
      average_vision
        leaf-b        versions 1 2, exact, reference Leaf2021
        leaf-a        no versions
      engineering     raw
      `,
    )
    .version("leaf-b", 2, { ceiling: 0.5, recording_region: "V1", recording_species: "macaque", stimuli_count: 9 })
    .account("lab", { display_name: "The Lab" })
    .model("alpha", { owner: "lab", columns: { submitted_at: "1969-12-31T23:59:59.123Z", parameter_count: 1e6, is_runnable: false } })
    .model("twin", { isPublic: false, owner: "first" })
    .model("twin", { isPublic: false, owner: "second", reference: "Hidden2022" })
    .model("twin", { isPublic: true, owner: "third" })
    .score("alpha", "leaf-b", { raw: 1, ceiled: 2, error: 0.1, startedAt: "2020-01-01T00:00:00.001Z", endedAt: "2020-01-02" })
    .score("alpha", "leaf-b", { version: 1, failed: true, endedAt: null })
    .score("alpha", "engineering", { raw: -3, ceiled: null, retractedAt: "2021-01-01T00:00:00Z" })
    .domain("auditory")
    .write();
  board = await readBoard(database.dataSource);
  vision = board.domain("vision")!;
});
afterAll(() => database?.drop());

describe("reading a board", () => {
  it("finds domains by slug, in code point order, one without anything included", () => {
    expect(board.catalog.domains.map(({ domain }) => domain.slug)).toEqual(["auditory", "vision"]);
    const empty = board.domain("auditory")!;
    expect([empty.models.length, empty.observations.length, empty.catalog.tree.size]).toEqual([0, 0, 0]);
    expect(empty.standings().populationSize).toBe(0);
    expect(board.domain("none")).toBeNull();
  });

  it("reads the tree in tree order, with versions from the lowest to the current one (§3, §8)", () => {
    const { tree, versions, currentVersions, benchmarks } = vision.catalog;
    expect(tree.identifiers).toEqual(["average_vision", "leaf-b", "leaf-a", "engineering"]);
    expect(benchmarks.map(({ identifier }) => identifier)).toEqual(tree.identifiers);
    expect(versions.map((numbered) => numbered.map(({ number }) => number))).toEqual([[], [1, 2], [], [1]]);
    expect([...currentVersions]).toEqual([0, 2, 0, 1]);
    expect(versions[1][1]).toMatchObject({ ceiling: 0.5, region: "V1", species: "macaque", task: null, stimulusCount: 9 });
  });

  it("reads instants to the millisecond, before 1970 too, and numbers as numbers", () => {
    const alpha = vision.models[vision.modelsByName.get("alpha")![0]];
    expect(alpha).toMatchObject({ submittedAt: -877, parameterCount: 1e6, isRunnable: false, contributorName: "The Lab", family: null });
    const { length, startedAt, endedAt } = vision.observations;
    const at = Array.from({ length }, (_, i) => i).find((i) => !Number.isNaN(startedAt[i]))!;
    expect([startedAt[at], endedAt[at]]).toEqual([Date.parse("2020-01-01T00:00:00.001Z"), Date.parse("2020-01-02")]);
  });

  it("reads what is unknown as NaN, failures and retractions as flags", () => {
    const { observations, catalog } = vision;
    const rows = Array.from({ length: observations.length }, (_, i) => ({
      node: catalog.tree.identifiers[observations.node[i]],
      version: observations.version[i],
      raw: observations.raw[i],
      ceiled: observations.ceiled[i],
      failed: observations.failed[i],
      retracted: observations.retracted[i],
    })).sort((a, b) => a.node.localeCompare(b.node) || a.version - b.version);
    expect(rows).toEqual([
      { node: "engineering", version: 1, raw: -3, ceiled: NaN, failed: 0, retracted: 1 },
      { node: "leaf-b", version: 1, raw: NaN, ceiled: NaN, failed: 1, retracted: 0 },
      { node: "leaf-b", version: 2, raw: 1, ceiled: 2, failed: 0, retracted: 0 },
    ]);
  });

  it("counts public models as the population and clamps what is not raw (§2, §7)", () => {
    const standings = vision.standings();
    expect(standings.populationSize).toBe(2);
    expect(standings.value(vision.catalog.tree.find("leaf-b"), vision.modelsByName.get("alpha")![0])).toBe(1);
    expect(vision.standings()).toBe(standings);
  });
});

describe("what a viewer sees of it (§10)", () => {
  const ownerOfTwin = (viewer: typeof ADMIN) => {
    const slot = new View(board, viewer).modelByName(vision, "twin");
    return slot < 0 ? null : vision.models[slot].contributorName;
  };

  it("is the viewer's own model of a name first, else the public one", async () => {
    expect(ownerOfTwin(null)).toBe("third");
    expect(ownerOfTwin(STRANGER)).toBe("third");
    expect(ownerOfTwin(await viewerOf(database.dataSource, "first"))).toBe("first");
    expect(ownerOfTwin(await viewerOf(database.dataSource, "second"))).toBe("second");
    expect(ownerOfTwin(ADMIN)).toBe("third");
  });

  it("is public models, the viewer's own, and all of them for an admin", async () => {
    const count = (viewer: typeof ADMIN) => new View(board, viewer).models(vision).length;
    expect([count(null), count(STRANGER), count(await viewerOf(database.dataSource, "first")), count(ADMIN)]).toEqual([2, 2, 3, 4]);
  });

  it("is no private model by its id or key, and no contributor of private models only", async () => {
    const hidden = vision.models.find(({ contributorName }) => contributorName === "second")!;
    const owner = await viewerOf(database.dataSource, "second");
    for (const viewer of [null, STRANGER, await viewerOf(database.dataSource, "first")]) {
      const view = new View(board, viewer);
      expect([view.modelById(hidden.id), view.modelByPk(hidden.pk), view.seesContributor(hidden.contributorId!)]).toEqual([
        null,
        null,
        false,
      ]);
    }
    for (const viewer of [owner, ADMIN]) {
      const view = new View(board, viewer);
      expect([view.modelById(hidden.id)?.slot, view.seesContributor(hidden.contributorId!)]).toEqual([vision.models.indexOf(hidden), true]);
    }
  });

  it("is references that something visible cites", async () => {
    const seen = (viewer: typeof ADMIN) =>
      [...vision.catalog.referencesById.values()].filter(({ id }) => new View(board, viewer).seesReference(id)).map(({ key }) => key);
    expect(seen(null)).toEqual(["Cited2020", "Leaf2021"]);
    expect(seen(await viewerOf(database.dataSource, "second"))).toEqual(["Cited2020", "Leaf2021", "Hidden2022"]);
    expect(seen(ADMIN)).toEqual(["Cited2020", "Leaf2021", "Hidden2022"]);
  });

  it("is the public revision for all but admins (§9)", async () => {
    const { revision, publicRevision } = board.catalog.ledger;
    expect(publicRevision).toBeLessThan(revision);
    expect(new View(board, null).revision).toBe(String(publicRevision));
    expect(new View(board, await viewerOf(database.dataSource, "first")).revision).toBe(String(publicRevision));
    expect(new View(board, ADMIN).revision).toBe(String(revision));
  });

  it("does not move when somebody registers a private model (§9)", async () => {
    await seed(database.dataSource).domain("vision").model("later", { isPublic: false, owner: "first" }).write();
    const after = await readBoard(database.dataSource);
    expect(new View(after, null).revision).toBe(new View(board, null).revision);
    expect(after.catalog.ledger.revision).toBeGreaterThan(board.catalog.ledger.revision);
  });
});
