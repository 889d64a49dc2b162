import { readBoard } from "../../src/board/read-facts";
import { View } from "../../src/board/view";
import { pageExists } from "../../src/server/page-exists";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { seed } from "../support/seed";

let database: TestDatabase;
let view: View;

beforeAll(async () => {
  database = await createTestDatabase();
  await seed(database.dataSource)
    .domain("vision")
    .tree("average_vision\n  V1")
    .model("shown")
    .model("hidden", { isPublic: false, owner: "ada" })
    .write();
  view = new View(await readBoard(database.dataSource), null);
});
afterAll(() => database.drop());

test.each([
  [true, {}],
  [true, { domain: "vision" }],
  [false, { domain: "language" }],
  [true, { domain: "vision", model: "shown" }],
  [false, { domain: "vision", model: "nobody" }],
  [true, { domain: "vision", benchmark: "V1" }],
  [false, { domain: "vision", benchmark: "V9" }],
])("says %s of %j", (expected, subject) => {
  expect(pageExists(view, subject)).toBe(expected);
});

test("a private model's page is not there for others (§10)", () => {
  expect(pageExists(view, { domain: "vision", model: "hidden" })).toBe(false);
});
