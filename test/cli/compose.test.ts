import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { breakingChanges } from "../../src/cli/breaking-changes";
import { type ComposeOptions, runCompose } from "../../src/cli/compose";

describe("the breaking changes between two schemas", () => {
  const was = `type Query { model(name: String!): Model, all(first: Int): [Model!]! } type Model { name: String!, size: Float }`;

  test("are what a client's query can break on, by path", async () => {
    const now = `type Query { model(name: String!, domain: String!): Model } type Model { name: String, size: Float, more: Int }`;
    expect((await breakingChanges(was, now)).map(({ path: at }) => at)).toEqual(["Model.name", "Query.all", "Query.model.domain"]);
  });

  test("are none where something was only added", async () => {
    const now = `type Query { model(name: String!, domain: String): Model, all(first: Int): [Model!]!, one: Int } type Model { name: String!, size: Float!, "New." more: Int }`;
    expect(await breakingChanges(was, now)).toEqual([]);
  });
});

describe("scoretree compose", () => {
  let folder: string;
  let said: jest.SpyInstance;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "compose-"));
    said = jest.spyOn(console, "log").mockImplementation(() => undefined);
  });
  afterAll(() => {
    said.mockRestore();
    rmSync(folder, { recursive: true });
  });

  /** What the command says. */
  const compose = async (options: ComposeOptions): Promise<string> => {
    said.mockClear();
    await runCompose(options, folder);
    return said.mock.calls.join("\n");
  };
  const file = (name: string) => path.join(folder, "schema", name);
  const read = (name: string) => readFileSync(file(name), "utf8");

  test("prints, checks for drift, and holds the API against the released one", async () => {
    await expect(compose({ check: true })).rejects.toThrow(/schema\/ is not current: .*api\.graphql/);
    expect(await compose({ release: true })).toMatch(/released one now/);
    expect(await compose({ check: true })).toMatch(/is current: 7 files/);
    expect(read("released/api.graphql")).toBe(read("api.graphql"));

    writeFileSync(file("api.graphql"), "type Query { a: Int }\n");
    await expect(compose({ check: true })).rejects.toThrow("is not current: api.graphql.");

    // As if clients had been given a field that is gone.
    await compose({});
    writeFileSync(file("released/api.graphql"), `${read("api.graphql")}\nextend type Model { weight: Float }\n`);
    await expect(compose({ check: true })).rejects.toThrow(/1 change would break[^]*Model\.weight: Field 'weight' was removed[^]*--accept/);
    await expect(compose({ accept: " " })).rejects.toThrow("needs a reason");
    expect(await compose({ accept: "Nobody weighs models." })).toContain("Accepted 1 breaking change.");
    expect(JSON.parse(read("released/accepted.json"))).toMatchObject([{ path: "Model.weight", reason: "Nobody weighs models." }]);
    await compose({ check: true });
    expect(await compose({ accept: "Again." })).toContain("Accepted 0 breaking changes.");

    await compose({ release: true });
    expect(JSON.parse(read("released/accepted.json"))).toEqual([]);
  });
});
