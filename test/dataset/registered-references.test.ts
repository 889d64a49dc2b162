import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { exportDataset } from "../../src/dataset/export-dataset";
import { importDataset } from "../../src/dataset/import-dataset";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { viewerOf } from "../support/viewer-of";
import { removeFolders, smallFolder } from "./small-folder";

afterAll(removeFolders);

const bibtex = (key: string, title: string): string => `@misc{${key}, title={${title}}, author={Doe, Jane}, year={2024}}`;

describe("references that accounts registered", () => {
  let database: TestDatabase;
  let joined: Joined;

  beforeEach(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource)
      .domain("vision", { columns: { dataset_name: "vision" } })
      .tree("average\n  leaf-a")
      .account("lab")
      .account("rival")
      .model("alpha", { owner: "lab", isPublic: true })
      .model("beta", { owner: "rival", isPublic: false })
      .write();
    joined = await openJoined(database);
  });
  afterEach(() => database.drop());

  /** An account registers a work, and its model cites it. */
  async function cite(owner: string, model: string, key: string, title: string): Promise<void> {
    const viewer = await viewerOf(database.dataSource, owner);
    const [{ id }] = await database.dataSource.query(`SELECT id FROM model WHERE name = $1`, [model]);
    const answer = await joined.data(
      `mutation ($model: ID!, $key: String!, $bibtex: String!) {
         registerReference(input: { domain: "vision", bibtex: $bibtex }) { userErrors { code } }
         updateModel(input: { model: $model, reference: $key }) { userErrors { code } } }`,
      { viewer, variables: { model: id, key, bibtex: bibtex(key, title) } },
    );
    expect([answer.registerReference.userErrors, answer.updateModel.userErrors]).toEqual([[], []]);
  }

  const exported = async (includesPrivate = false) => {
    const folder = smallFolder();
    await exportDataset(database.dataSource, folder, { domain: "vision", includesPrivate });
    return { folder, read: (file: string) => readFileSync(path.join(folder, file), "utf8") };
  };
  const importBack = async (folder: string) => (await importDataset(database.dataSource, folder)).written;

  it("§10: stay out of the folder unless something in it cites them, and leave no mark there", async () => {
    await cite("rival", "beta", "Doe2024", "Another work");
    await cite("lab", "alpha", "Doe2024", "One work");
    const { read } = await exported();
    expect(read("references.bib")).toBe(`${bibtex("Doe2024", "One work")}\n`);
  });

  it("have keys of their own in a folder with private models, which comes back without a change", async () => {
    await cite("rival", "beta", "Doe2024", "Another work");
    await cite("lab", "alpha", "Doe2024", "One work");
    const { folder, read } = await exported(true);
    expect(read("references.bib")).toBe(`${bibtex("Doe2024a", "Another work")}\n\n${bibtex("Doe2024", "One work")}\n`);
    expect(await importBack(folder)).toBe(0);
    const other = await createTestDatabase();
    await importDataset(other.dataSource, folder);
    const again = smallFolder();
    await exportDataset(other.dataSource, again, { domain: "vision", includesPrivate: true });
    for (const file of ["references.bib", "models.csv"]) expect(readFileSync(path.join(again, file), "utf8")).toBe(read(file));
    await other.drop();
  });

  it("stand once in the folder where two accounts registered one work", async () => {
    await cite("rival", "beta", "Roe2024", "One work");
    await cite("lab", "alpha", "Doe2024", "One work");
    const { folder, read } = await exported(true);
    expect(read("references.bib")).toBe(`${bibtex("Doe2024", "One work")}\n`);
    expect(read("models.csv")).toMatch(/^beta,.*,Doe2024,/m);
    expect(await importBack(folder)).toBe(0);
  });

  it("are not overwritten by another work of their key that a folder brings, if only who registered them sees them", async () => {
    await cite("rival", "beta", "Doe2024", "Mine alone");
    const { folder } = await exported();
    writeFileSync(path.join(folder, "references.bib"), bibtex("Doe2024", "The folder's"));
    expect(await importBack(folder)).toBe(1);
    expect(await importBack(folder)).toBe(0);
    expect(await database.dataSource.query(`SELECT title, registrant_pk IS NULL AS imported FROM reference ORDER BY pk`)).toEqual([
      { title: "Mine alone", imported: false },
      { title: "The folder's", imported: true },
    ]);
  });

  it("are nobody's in particular once a folder's domain cites them", async () => {
    await cite("lab", "alpha", "Doe2024", "One work");
    const { folder, read } = await exported();
    const manifest = JSON.parse(read("dataset.json"));
    manifest.domain.references = ["Doe2024"];
    writeFileSync(path.join(folder, "dataset.json"), JSON.stringify(manifest));
    expect(await importBack(folder)).toBe(2);
    expect(await importBack(folder)).toBe(0);
    const fresh = await openJoined(database);
    expect(await fresh.data(`{ domain(slug: "vision") { references { key } } }`)).toEqual({ domain: { references: [{ key: "Doe2024" }] } });
  });
});
