import type { Viewer } from "../../../src/board/viewer";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { viewerOf } from "../../support/viewer-of";

const REGISTER = `mutation ($input: RegisterReferenceInput!) {
  registerReference(input: $input) {
    reference { id key title year doi url authors label citation }
    isNew
    revision
    userErrors { code path message }
  }
}`;

const entry = (key: string, { title = "On deep trees", doi = "" } = {}): string =>
  `@article{${key}, title={${title}}, author={Doe, Jane and Roe, Rick}, year={2024}${doi && `, doi={${doi}}`}}`;

describe("registerReference", () => {
  let database: TestDatabase;
  let joined: Joined;
  let lab: Viewer;
  let rival: Viewer;

  beforeAll(async () => {
    database = await createTestDatabase();
    await seed(database.dataSource)
      .domain("vision", { references: ["Domain2019"] })
      .reference("Domain2019")
      .reference("Cited2020", { doi: "10.1000/cited", work: "doi:10.1000/cited" })
      .reference("Uncited2020", { doi: "10.1000/uncited", work: "doi:10.1000/uncited" })
      .tree("average_vision\n  leaf-a reference Cited2020")
      .account("lab")
      .account("rival")
      .write();
    joined = await openJoined(database);
    lab = await viewerOf(database.dataSource, "lab");
    rival = await viewerOf(database.dataSource, "rival");
  });
  afterAll(() => database.drop());

  const register = async (input: object, viewer = lab) => {
    const { registerReference } = await joined.data(REGISTER, { viewer, variables: { input: { domain: "vision", ...input } } });
    return registerReference;
  };
  const refused = async (input: object, viewer = lab): Promise<string[]> => {
    const { reference, isNew, revision, userErrors } = await register(input, viewer);
    expect({ reference, isNew, revision }).toEqual({ reference: null, isNew: null, revision: null });
    return (userErrors as { code: string; path: string[] }[]).map(({ code, path }) => `${code} ${path.join(".")}`);
  };
  const find = async (key: string, viewer: Viewer) =>
    (await joined.data(`query ($key: String!) { reference(domain: "vision", key: $key) { id title } }`, { viewer, variables: { key } }))
      .reference;
  const facts = async () => (await database.dataSource.query(`SELECT last_revision AS "all", public_revision AS "public" FROM ledger`))[0];

  it("reads the entry, and shows the reference to who registered it alone", async () => {
    const before = await facts();
    const { reference, isNew, userErrors } = await register({ bibtex: entry("Doe2024", { doi: "https://doi.org/10.1000/TREES" }) });
    expect(userErrors).toEqual([]);
    expect(isNew).toBe(true);
    expect(reference).toMatchObject({
      key: "Doe2024",
      title: "On deep trees",
      year: 2024,
      doi: "10.1000/trees",
      authors: ["Doe, Jane", "Roe, Rick"],
      label: "Doe and Roe, 2024",
    });
    expect(await find("Doe2024", lab)).toEqual({ id: reference.id, title: "On deep trees" });
    expect([await find("Doe2024", rival), await find("Doe2024", null)]).toEqual([null, null]);
    expect(await facts()).toEqual({ all: before.all + 1, public: before.public });
  });

  it("answers with the reference that is there for the same DOI or the same text, and writes nothing", async () => {
    const before = await facts();
    const own = await register({ bibtex: entry("Other", { title: "Anything", doi: "10.1000/trees" }) });
    expect([own.reference.key, own.isNew]).toEqual(["Doe2024", false]);
    const cited = await register({ bibtex: entry("Other", { doi: "10.1000/CITED" }) });
    expect([cited.reference.key, cited.isNew, cited.userErrors]).toEqual(["Cited2020", false, []]);
    expect(await facts()).toEqual(before);
    const text = await register({ bibtex: entry("Text2024", { title: "Without a DOI" }) });
    const again = await register({ bibtex: entry("Text2024b", { title: "Without  a doi" }) });
    expect([again.reference.id, again.isNew]).toEqual([text.reference.id, false]);
  });

  it("takes another key in the place of the entry's own", async () => {
    const { reference } = await register({ bibtex: entry("Own2024", { title: "Another key" }), key: "Given:2024/1" });
    expect(reference.key).toBe("Given:2024/1");
    expect(reference.citation).toContain("@article{Given:2024/1,");
  });

  it("§10: a stranger's reference of the same key, DOI and work is as if it were not there", async () => {
    const bibtex = entry("Doe2024", { doi: "10.1000/trees" });
    const own = await find("Doe2024", lab);
    const theirs = await register({ bibtex }, rival);
    expect([theirs.isNew, theirs.userErrors]).toEqual([true, []]);
    expect(theirs.reference.id).not.toBe(own.id);
    expect((await find("Doe2024", rival)).id).toBe(theirs.reference.id);
    expect((await find("Doe2024", lab)).id).toBe(own.id);
    // And one that was imported, and that nothing cites.
    const imported = await register({ bibtex: entry("Uncited2020", { doi: "10.1000/uncited" }) });
    expect([imported.isNew, imported.userErrors]).toEqual([true, []]);
  });

  it("refuses a key that is another work's, as far as the asker sees", async () => {
    expect(await refused({ bibtex: entry("Doe2024", { title: "Something else" }) })).toEqual(["CONFLICT bibtex"]);
    expect(await refused({ bibtex: entry("New", { title: "Something else" }), key: "Cited2020" })).toEqual(["CONFLICT key"]);
    expect(await refused({ bibtex: entry("Domain2019", { title: "Something else" }) })).toEqual(["CONFLICT bibtex"]);
  });

  it("renames the asker's own reference as long as nothing public cites it", async () => {
    await register({ bibtex: entry("First2024", { title: "Renamed" }) });
    const { reference, isNew } = await register({ bibtex: entry("First2024", { title: "Renamed" }), key: "Second2024" });
    expect([reference.key, isNew]).toEqual(["Second2024", false]);
    expect(reference.citation).toContain("@article{Second2024,");
    expect(await find("First2024", lab)).toBeNull();
    expect(await refused({ bibtex: entry("x", { title: "Renamed" }), key: "Cited2020" })).toEqual(["CONFLICT key"]);
    const other = await register({ bibtex: entry("First2024", { title: "Takes the key that is free again" }) });
    expect([other.isNew, other.reference.id === reference.id]).toEqual([true, false]);
    const cited = await register({ bibtex: entry("x", { doi: "10.1000/cited" }), key: "Mine2024" });
    expect(cited.reference.key).toBe("Cited2020");
  });

  it("tells every fault of a bad entry with its line, and of a bad key", async () => {
    const { userErrors } = await register({ bibtex: "@article{a,\n title=}", key: "no space" });
    expect(userErrors).toEqual([
      { code: "INVALID", path: ["bibtex"], message: expect.stringContaining("Line 2") },
      { code: "INVALID", path: ["key"], message: expect.any(String) },
    ]);
    expect(await refused({ bibtex: "no entry" })).toEqual(["INVALID bibtex"]);
    expect(await refused({ bibtex: `${entry("a")}\n${entry("b")}` })).toEqual(["INVALID bibtex"]);
    expect(await refused({ bibtex: `${entry("a")}\0` })).toEqual(["INVALID bibtex"]);
    expect(await refused({ domain: "nowhere", bibtex: "no entry" })).toEqual(["NOT_FOUND domain", "INVALID bibtex"]);
    expect(await refused({ bibtex: entry("a") }, null)).toEqual(["NOT_ALLOWED "]);
  });
});
