import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { runComposeWith } from "../../src/cli/compose-with";
import { readConfig } from "../../src/config";
import { joinedSchema } from "../support/joined";

const SCHEMA = path.resolve(__dirname, "../../examples/lab-subgraph/schema.graphql");
const LAB = "http://127.0.0.1:4100/graphql?key=a=b";

describe("scoretree compose --out", () => {
  let folder: string;
  let said: jest.SpyInstance;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "compose-with-"));
    said = jest.spyOn(console, "log").mockImplementation(() => undefined);
  });
  afterAll(() => {
    said.mockRestore();
    rmSync(folder, { recursive: true });
  });

  const config = readConfig({ SCORETREE_SUBGRAPHS: "scores=http://scores:4000/graphql/scores" });
  const compose = (out: string | undefined, ...others: string[]) =>
    runComposeWith(config, { out: out && path.join(folder, out), with: others });

  test("writes a supergraph with the addresses of all subgraphs, others' included", async () => {
    await compose("all.graphql", `lab=${LAB}=${SCHEMA}`);
    const supergraph = readFileSync(path.join(folder, "all.graphql"), "utf8");
    expect(supergraph).toContain(`LAB @join__graph(name: "lab", url: "${LAB}")`);
    expect(supergraph).toContain('SCORES @join__graph(name: "scores", url: "http://scores:4000/graphql/scores")');
    expect(supergraph).toContain('MODELS @join__graph(name: "models", url: "http://127.0.0.1:4002/graphql/models")');
    expect(supergraph).toMatch(/code: \[CodeLink!\] @join__field\(graph: LAB\)/);
    expect(said.mock.calls.join("\n")).toContain("lab          http://127.0.0.1:4100/graphql");
  });

  test("writes this platform's own supergraph without others", async () => {
    await compose("own.graphql");
    expect(readFileSync(path.join(folder, "own.graphql"), "utf8")).not.toContain("LAB");
  });

  test("agrees with Apollo's composer on what composes", () => {
    const services = joinedSchema().subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}`, typeDefs: parse(sdl) }));
    const { errors, hints } = composeServices([...services, { name: "lab", url: LAB, typeDefs: parse(readFileSync(SCHEMA, "utf8")) }]);
    expect(errors?.map(({ message }) => message)).toBeUndefined();
    expect(hints?.map(({ message }) => message)).toEqual([]);
  });

  test.each([
    ["no signs", "lab", "it has no two signs ="],
    ["no address", `lab=here=${SCHEMA}`, '"here" is no address'],
    ["an address of another kind", `lab=file:///etc=${SCHEMA}`, "is no address that begins with http:// or https://"],
    ["a name that is ours", `models=${LAB}=${SCHEMA}`, "the subgraph models is one of scoretree's own"],
    ["a name that is none", `My Lab=${LAB}=${SCHEMA}`, 'the name "My Lab" is not of small letters, digits and _'],
    ["a file that is not there", `lab=${LAB}=/nowhere.graphql`, "ENOENT"],
  ])("refuses --with with %s", async (_, other, fault) => {
    await expect(compose("x.graphql", other)).rejects.toMatchObject({ code: "CONFIGURATION", message: expect.stringContaining(fault) });
  });

  test("refuses two subgraphs of one name, and --with without --out", async () => {
    await expect(compose("x.graphql", `lab=${LAB}=${SCHEMA}`, `lab=${LAB}=${SCHEMA}`)).rejects.toThrow("--with names two subgraphs lab.");
    await expect(compose(undefined, `lab=${LAB}=${SCHEMA}`)).rejects.toThrow("--with needs --out FILE");
  });

  test("says what keeps subgraphs from composing", async () => {
    const file = path.join(folder, "wrong.graphql");
    writeFileSync(
      file,
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) type Query { a: Int } type Model @key(fields: "id") { id: ID! isPublic: String }',
    );
    await expect(compose("x.graphql", `lab=${LAB}=${file}`)).rejects.toThrow(/The subgraphs do not compose:/);
    writeFileSync(file, "type Query {");
    await expect(compose("x.graphql", `lab=${LAB}=${file}`)).rejects.toThrow("is not SDL: Syntax Error");
  });
});
