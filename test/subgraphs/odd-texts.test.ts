import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { faultsOf } from "../support/faults-of";
import { type Joined, openJoined } from "../support/joined";
import { seed } from "../support/seed";
import { ADMIN } from "../support/viewer-of";

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision", { references: ["Work2020"] })
    .reference("Work2020", { doi: "10.1000/x" })
    .tree("average_vision")
    .model("alpha")
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

const ODD = [
  "\0",
  "a\0b",
  "10.1000/x\0",
  "https://doi.org/10.1000/x\0",
  "\ud800",
  "\\x00",
  "%",
  "' OR 1=1 --",
  "reference_" + "\0".repeat(22),
];

it("texts that no database can hold are names of nothing, not failures", async () => {
  for (const text of ODD) {
    const answer = await joined.data(
      `query ($text: String!) {
        domain(slug: $text) { slug }
        benchmark(domain: "vision", identifier: $text) { id }
        model(domain: "vision", name: $text) { id }
        elsewhere: model(domain: $text, name: "alpha") { id }
        reference(domain: "vision", key: $text) { id }
        byDoi: reference(domain: "vision", doi: $text) { id }
        references(domain: "vision", keys: [$text]) { totalCount nodes { id } }
        byDois: references(domain: "vision", dois: [$text]) { totalCount }
        models(domain: "vision", filter: { or: [{ names: [$text] }, { family: [$text] }, { search: $text, not: { search: "alpha" } }] }) { totalCount }
        benchmarks(domain: "vision", filter: { region: [$text] }) { totalCount }
      }`,
      { variables: { text }, viewer: ADMIN },
    );
    const nothing = { totalCount: 0 };
    expect(answer).toEqual({
      ...{ domain: null, benchmark: null, model: null, elsewhere: null, reference: null, byDoi: null },
      ...{ references: { ...nothing, nodes: [] }, byDois: nothing, models: nothing, benchmarks: nothing },
    });
  }
});

it("an odd address names no reference", async () => {
  const query = `query ($url: URL!) { reference(domain: "vision", url: $url) { id } }`;
  for (const url of ["https://example.org/\0", "https://doi.org/10.1000/x\0", "https://example.org/%00"])
    expect(await joined.data(query, { variables: { url } })).toEqual({ reference: null });
});

it("an odd id is told as unknown", async () => {
  for (const id of ODD) {
    const [fault] = await faultsOf(joined, `query ($ids: [ID!]!) { bibliography(references: $ids) }`, { variables: { ids: [id] } });
    expect(fault).toMatch(/^NOT_FOUND at bibliography: `references\[0\]`/);
  }
});
