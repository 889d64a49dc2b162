import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../../support/viewer-of";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const known = {
    ...{ architecture: "DCNN", family: "resnet", training_dataset: "ImageNet", task_specialization: "classification" },
    ...{ parameter_count: 25e6, size_megabytes: 100, is_runnable: true, competition: "cosyne2022", group: "ours", visual_degrees: 8 },
    submitted_at: "2021-03-01T12:00:00Z",
  };
  await seed(database.dataSource)
    .domain("vision")
    .tree("average_vision\n  leaf-a\n  leaf-b")
    .account("lab", { display_name: "The Lab (MIT)" })
    .model("known", { owner: "lab", columns: known })
    .model("other", {
      owner: "somebody",
      columns: { ...known, architecture: "transformer", is_runnable: false, parameter_count: 0, submitted_at: "2021-03-02T00:00:00Z" },
    })
    .model("unknown")
    .model("100%_sure\\")
    .model("100xysure")
    .model("İstanbul")
    .model("ΟΔΟΣΑ")
    .model("straße")
    .model("secret", { isPublic: false, owner: "hidden-lab", columns: known })
    .score("known", "leaf-a", 0.5)
    .score("known", "leaf-b", 0.5)
    .score("other", "leaf-a", 0.25)
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const matching = async (filter: string, viewer = null as typeof ADMIN): Promise<string[]> => {
  const query = `{ models(domain: "vision", filter: ${filter}) { totalCount nodes { name } } }`;
  const { models } = await joined.data(query, { viewer });
  expect(models.totalCount).toBe(models.nodes.length);
  return models.nodes.map(({ name }: { name: string }) => name);
};

describe("each field of a model filter (§7)", () => {
  it.each([
    ['names: ["known", "secret", "none"]', ["known"]],
    ['architecture: ["DCNN", "MLP"]', ["known"]],
    ['family: ["resnet"]', ["known", "other"]],
    ['family: ["ResNet"]', []],
    ['trainingDataset: ["ImageNet"]', ["known", "other"]],
    ['taskSpecialization: ["classification"]', ["known", "other"]],
    ['competition: ["cosyne2022"]', ["known", "other"]],
    ['group: ["ours"]', ["known", "other"]],
    ['contributor: ["The Lab (MIT)"]', ["known"]],
    ["isRunnable: true", ["known"]],
    ["isRunnable: false", ["other"]],
    ["parameterCount: { min: 25e6, max: 25e6 }", ["known"]],
    ["parameterCount: { max: 0 }", ["other"]],
    ["parameterCount: {}", ["known", "other"]],
    ["parameterCount: { min: 2, max: 1 }", []],
    ["sizeMegabytes: { min: 100 }", ["known", "other"]],
    ["sizeMegabytes: { min: 100.5 }", []],
    ["visualDegrees: { min: 8, max: 8 }", ["known", "other"]],
    ['submitted: { to: "2021-03-01" }', ["known"]],
    ['submitted: { from: "2021-03-01", to: "2021-03-01" }', ["known"]],
    ['submitted: { from: "2021-03-01T12:00:00Z", to: "2021-03-01T12:00:00Z" }', ["known"]],
    ['submitted: { from: "2021-03-01T12:00:00.001Z" }', ["other"]],
    ['submitted: { from: "2021-03-02" }', ["other"]],
    ["submitted: {}", ["known", "other"]],
    ['scored: [{ benchmark: "leaf-b" }]', ["known"]],
    ['scored: [{ benchmark: "leaf-b" }, { benchmark: "leaf-a", value: { max: 0.25 } }]', ["known", "other"]],
    ['scored: [{ benchmark: "average_vision", coverage: { max: 0.5 } }]', ["other"]],
  ])("%s", async (filter, names) => {
    expect(await matching(`{ ${filter} }`)).toEqual(names);
  });
});

describe("search (§7)", () => {
  it.each([
    ["KNOWN", ["known", "unknown"]],
    ["the lab", ["known"]],
    ["(mit)", ["known"]],
    ["%", ["100%_sure\\"]],
    ["0%_S", ["100%_sure\\"]],
    ["_", ["100%_sure\\"]],
    ["sure\\", ["100%_sure\\"]],
    ["İstan", ["İstanbul"]],
    ["i̇STANBUL", ["İstanbul"]],
    ["ΟΔΟΣ", ["ΟΔΟΣΑ"]],
    ["οδοσ", ["ΟΔΟΣΑ"]],
    ["οδος", ["ΟΔΟΣΑ"]],
    ["STRAßE", ["straße"]],
    ["no such thing", []],
    [".*", []],
  ])("%s: in any case of letters, literally", async (text, names) => {
    const query = `query ($text: String!) { models(domain: "vision", filter: { search: $text }) { nodes { name } } }`;
    const { models } = await joined.data(query, { variables: { text } });
    expect(models.nodes.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it("for nothing finds everything", async () => {
    expect(await matching('{ search: "" }')).toHaveLength(8);
  });
});

describe("combined filters (§7)", () => {
  it("need every field that is given, and any one entry of a list", async () => {
    expect(await matching('{ family: ["resnet"], isRunnable: true }')).toEqual(["known"]);
    expect(await matching('{ family: ["vgg", "resnet"], isRunnable: null }')).toEqual(["known", "other"]);
  });

  it("match nothing by an empty list, everything by an empty `and` or none", async () => {
    for (const filter of ["{ names: [] }", "{ family: [] }", "{ or: [] }", "{ scored: [] }"]) expect(await matching(filter)).toEqual([]);
    for (const filter of ["{ and: [] }", "{}", "{ not: { or: [] } }", "{ and: [{}], or: [{}] }"])
      expect(await matching(filter)).toHaveLength(8);
  });

  it("take and, or and not to any depth", async () => {
    expect(await matching('{ or: [{ names: ["unknown"] }, { and: [{ family: ["resnet"] }, { not: { isRunnable: true } }] }] }')).toEqual([
      "other",
      "unknown",
    ]);
  });

  it("let `not` through what is unknown: an unknown property makes its own condition false", async () => {
    expect(await matching("{ not: { parameterCount: { min: 1 } } }")).toEqual([
      ...["100%_sure\\", "100xysure", "other", "straße", "unknown", "İstanbul", "ΟΔΟΣΑ"],
    ]);
    expect(await matching('{ not: { family: ["vgg"] }, names: ["unknown"] }')).toEqual(["unknown"]);
    expect(await matching('{ isRunnable: false, names: ["unknown"] }')).toEqual([]);
  });

  it("tell an unknown benchmark from one without scores, by code and path", async () => {
    const query = `{ models(domain: "vision", filter: { scored: [{ benchmark: "none" }] }) { totalCount } }`;
    expect(await faultsOf(joined, query)).toEqual(['NOT_FOUND at models: There is no benchmark "none".']);
  });
});

describe("private models in filters (§10)", () => {
  it("match for their owner and admins only", async () => {
    const owner = await viewerOf(database.dataSource, "hidden-lab");
    for (const filter of ['{ names: ["secret"] }', '{ search: "hidden-LAB" }', '{ contributor: ["hidden-lab"] }', '{ search: "secret" }']) {
      for (const viewer of [null, STRANGER]) expect(await matching(filter, viewer)).toEqual([]);
      for (const viewer of [owner, ADMIN]) expect(await matching(filter, viewer)).toEqual(["secret"]);
    }
  });
});
