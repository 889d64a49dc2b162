import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../../support/viewer-of";

const layers = ["IT", "V2", "parietal", "V1", "V4", "V3", "LGN"].map((region) => ({ region, layer: `layer of ${region}` }));
const metadata = {
  ...{
    architecture: "DCNN",
    family: "resnet",
    parameter_count: 25.5e6,
    trainable_parameter_count: 0,
    layer_count: 50,
    trainable_layer_count: 0,
  },
  ...{ size_megabytes: 97.8, training_dataset: "ImageNet", task_specialization: "classification", is_runnable: false, notes: "said so" },
  ...{ source_url: "https://example.org/code", hugging_face_url: "https://huggingface.co/x" },
};

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision", { columns: { usage: 'model = load_model("{name}")  # {name}, not {other}' } })
    .reference("He2015")
    .tree("average_vision")
    .account("lab", { display_name: "The Lab" })
    .model("full", {
      owner: "lab",
      reference: "He2015",
      columns: {
        ...metadata,
        layers,
        submitted_at: "2021-03-01T01:02:03.004Z",
        competition: "cosyne2022",
        group: "ours",
        visual_degrees: 8,
      },
    })
    .model("bare")
    .model(`it's "a\\b" $& {name}\t`)
    .model("twin", { isPublic: false, owner: "first" })
    .model("twin", { isPublic: false, owner: "second" })
    .model("twin", { owner: "third" })
    .model("only private", { isPublic: false, owner: "first" })
    .domain("language")
    .model("full", { columns: { notes: "of language" } })
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const model = async (name: string, selection: string, { domain = "vision", viewer = null as typeof ADMIN } = {}) => {
  const query = `query ($name: String!) { model(domain: "${domain}", name: $name) { ${selection} } }`;
  return (await joined.data(query, { viewer, variables: { name } })).model;
};

describe("a model", () => {
  it("tells all that is known of it", async () => {
    const selection = `name isPublic domain { slug } contributor { displayName } reference { key } submittedAt competition group visualDegrees
      metadata { architecture family parameterCount trainableParameterCount layerCount trainableLayerCount sizeMegabytes trainingDataset
        taskSpecialization isRunnable sourceUrl huggingFaceUrl notes }`;
    expect(await model("full", selection)).toEqual({
      ...{
        name: "full",
        isPublic: true,
        domain: { slug: "vision" },
        contributor: { displayName: "The Lab" },
        reference: { key: "He2015" },
      },
      ...{ submittedAt: "2021-03-01T01:02:03.004Z", competition: "cosyne2022", group: "ours", visualDegrees: 8 },
      metadata: {
        ...{
          architecture: "DCNN",
          family: "resnet",
          parameterCount: 25.5e6,
          trainableParameterCount: 0,
          layerCount: 50,
          trainableLayerCount: 0,
        },
        ...{ sizeMegabytes: 97.8, trainingDataset: "ImageNet", taskSpecialization: "classification", isRunnable: false, notes: "said so" },
        ...{ sourceUrl: "https://example.org/code", huggingFaceUrl: "https://huggingface.co/x" },
      },
    });
  });

  it("answers null for what is unknown, and metadata always", async () => {
    expect(await model("bare", "contributor { id } reference { key } submittedAt layers { region } metadata { notes isRunnable }")).toEqual(
      {
        ...{ contributor: null, reference: null, submittedAt: null, layers: [], metadata: { notes: null, isRunnable: null } },
      },
    );
  });

  it("lists its layers along the ventral stream, then by region", async () => {
    const found = await model("full", "layers { region layer }");
    expect(found.layers.map(({ region }: { region: string }) => region)).toEqual(["V1", "V2", "V4", "IT", "LGN", "V3", "parietal"]);
    expect(found.layers[0].layer).toBe("layer of V1");
  });

  it("says how to use it, its name escaped for Python wherever it stands", async () => {
    expect((await model("full", "usage")).usage).toBe('model = load_model("full")  # full, not {other}');
    const name = `it's "a\\b" $& {name}\t`;
    const escaped = `it\\'s \\"a\\\\b\\" $& {name}\\t`;
    expect((await model(name, "usage")).usage).toBe(`model = load_model("${escaped}")  # ${escaped}, not {other}`);
    expect((await model("full", "usage", { domain: "language" })).usage).toBeNull();
  });

  it("is the one of its domain", async () => {
    expect((await model("full", "metadata { notes }", { domain: "language" })).metadata.notes).toBe("of language");
  });
});

describe("a model by name (§10)", () => {
  const ownerOf = async (viewer: typeof ADMIN) => (await model("twin", "contributor { displayName }", { viewer })).contributor.displayName;

  it("is the viewer's own first, then the public one", async () => {
    expect(await ownerOf(null)).toBe("third");
    expect(await ownerOf(STRANGER)).toBe("third");
    expect(await ownerOf(await viewerOf(database.dataSource, "first"))).toBe("first");
    expect(await ownerOf(await viewerOf(database.dataSource, "second"))).toBe("second");
    expect(await ownerOf(ADMIN)).toBe("third");
  });

  it("is the same one in scores and standings", async () => {
    for (const key of ["first", "second", "third"]) {
      const viewer = await viewerOf(database.dataSource, key);
      const query = `{ model(domain: "vision", name: "twin") { id } standings(domain: "vision") { score(model: "twin", benchmark: "average_vision") { model { id } } } }`;
      const answer = await joined.data(query, { viewer });
      expect(answer.standings.score.model).toEqual(answer.model);
    }
  });

  it("is null where it is unknown, hidden, of an unknown domain, or no text that a name could be", async () => {
    for (const viewer of [null, STRANGER, await viewerOf(database.dataSource, "second")])
      expect(await model("only private", "name", { viewer })).toBeNull();
    expect(await model("only private", "name isPublic", { viewer: ADMIN })).toEqual({ name: "only private", isPublic: false });
    expect(await model("full", "name", { domain: "none" })).toBeNull();
    for (const name of ["", "none", "FULL", "full ", "\0", "full\0", "\ud800", "x".repeat(100_000)])
      expect(await model(name, "name")).toBeNull();
  });
});
