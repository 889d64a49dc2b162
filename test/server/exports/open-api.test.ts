import { FILES, TABLES } from "../../../src/server/exports/files";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import type { Json } from "../../support/json";
import { seed } from "../../support/seed";
import { type OpenExports, openExports } from "./open-exports";
import { READERS } from "./read-back";

let database: TestDatabase;
let exports: OpenExports;
let api: Json;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree(
      `
      average
        V1
        V4
      `,
    )
    .model("alpha", { owner: "lab", columns: { is_runnable: true, family: "vit", parameter_count: 5e6, submitted_at: "2022-01-01" } })
    .score("alpha", "V1", { raw: 0.5, ceiled: 0.5, error: 0.1 })
    .model("beta")
    .score("beta", "V1", { failed: true })
    .write();
  exports = await openExports(database);
  api = JSON.parse((await exports.get("/exports/openapi.json")).bytes.toString());
});
afterAll(async () => {
  await exports?.close();
  await database?.drop();
});

const refsIn = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => (key === "$ref" ? [inner as string] : refsIn(inner)));

const at = (ref: string): Json => ref.slice(2).split("/").reduce((value: Json, key) => value?.[key], api); // prettier-ignore

test("describes every file there is, at the address that it was asked at", () => {
  expect(api.openapi).toMatch(/^3\.1\./);
  expect(api.servers).toEqual([{ url: exports.url }]);
  expect(Object.keys(api.paths)).toEqual(["/exports/", ...[...FILES.keys()].map((file) => `/exports/{domain}/${file}`)]);
});

test("points at nothing that it does not have", () => {
  const refs = refsIn(api);
  expect(refs.length).toBeGreaterThan(100);
  expect(refs.filter((ref) => at(ref) === undefined)).toEqual([]);
});

/** A value that a parameter may have. */
function exampleOf(name: string, schema: Json): string {
  if (schema.enum) return schema.enum[1];
  if (schema.type === "boolean") return "true";
  if (name === "asOf") return "2023-01-01";
  if (name === "among.submitted") return "2021-01-01..";
  if (schema.pattern) return "1..";
  return name === "weights" ? "V1:2" : "V1";
}

test("every parameter that it names is taken by every file that it names it of, and described", async () => {
  for (const [path, { get }] of Object.entries<Json>(api.paths).slice(1))
    for (const { $ref } of get.parameters) {
      const { name, in: place, schema, description } = at($ref);
      expect([name, description]).toEqual([name, expect.stringMatching(/\w{4}/)]);
      // There is no release of this domain to ask for.
      if (place === "path" || name === "release") continue;
      const address = `${path.replace("{domain}", "vision")}?${name}=${exampleOf(name, schema)}`;
      expect([address, (await exports.get(address)).status]).toEqual([address, 200]);
    }
});

test("answers have the types and headers that it tells", async () => {
  for (const [path, { get }] of Object.entries<Json>(api.paths).slice(1)) {
    const { headers } = await exports.get(path.replace("{domain}", "vision"));
    expect(Object.keys(get.responses[200].content)).toEqual([headers["content-type"]]);
    const always = ["etag", "x-scoretree-revision", "content-disposition", "repr-digest"];
    expect(Object.keys(get.responses[200].headers)).toEqual(expect.arrayContaining(always));
    expect(always.filter((name) => headers[name] === undefined)).toEqual([]);
  }
});

test.each(Object.keys(TABLES))("rows of %s are as it says, every property and its type", async (table) => {
  const { required, properties, additionalProperties } = at(`#/components/schemas/${table}`);
  const rows = READERS.jsonl(table, (await exports.get(`/exports/vision/${table}.jsonl`)).bytes);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(required.filter((name: string) => !(name in row))).toEqual([]);
    for (const [name, value] of Object.entries(row)) {
      const type =
        value === null ? "null" : Number.isInteger(value) && [properties[name]?.type].flat().includes("integer") ? "integer" : typeof value;
      expect([name, [properties[name]?.type ?? additionalProperties.type].flat()]).toEqual([name, expect.arrayContaining([type])]);
    }
  }
});
