import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { importDataset } from "../../src/dataset/import-dataset";
import { BENCHMARK_FIELDS, MODEL_FIELDS } from "../../src/server/exports/filter-fields";
import { TABLES } from "../../src/server/exports/files";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { type OpenExports, openExports } from "../server/exports/open-exports";

const ROOT = path.join(__dirname, "../..");
const PAGE = readFileSync(path.join(ROOT, "docs/exports.md"), "utf8");

/** The commands of a page in their order, each with what follows it. */
const stepsOf = (page: string) =>
  [...page.matchAll(/```sh\n(.*?)```(?:\s+```(text|json)\n(.*?)```)?/gs)].map(([, command, kind, answer]) => ({
    ...{ command, kind, answer },
  }));

let database: TestDatabase;
let exports: OpenExports;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "scoretree-exports-"));
  database = await createTestDatabase();
  await importDataset(database.dataSource, path.join(ROOT, "data"));
  exports = await openExports(database);
}, 120_000);
afterAll(async () => {
  await exports?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ["exports", PAGE, 6],
  ["tour", readFileSync(path.join(ROOT, "docs/tour.md"), "utf8"), 1],
])(
  "the commands of docs/%s.md, one after the other, print what the page says",
  async (_, page, atLeast) => {
    const steps = stepsOf(page);
    expect(steps.length).toBeGreaterThanOrEqual(atLeast);
    for (const { command, kind, answer } of steps) {
      const script = command.replaceAll("http://127.0.0.1:4000", exports.url);
      const { stdout } = await promisify(execFile)("bash", ["-euc", script], { cwd: folder });
      if (kind === "json") expect(JSON.parse(stdout)).toEqual(JSON.parse(answer));
      else expect([command, stdout]).toEqual([command, answer]);
    }
  },
  120_000,
);

test.each(Object.entries(TABLES))("docs/exports.md tells every column of %s as it is", (name, { columns }) => {
  const section = new RegExp(`\n## ${name}\n(.*?)(?=\n## |$)`, "s").exec(PAGE)![1];
  const told = [...section.matchAll(/^\| `(\w+)` *\| (.*?) *\| (.*?) *\|$/gm)].map(([, ...cells]) => cells);
  expect(told).toEqual(columns.map((column) => [column.name, column.kind + (column.isNeeded ? ", always there" : ""), column.description]));
});

test("docs/exports.md names every field of among and only", () => {
  const listed = (of: object) => Object.keys(of).map((name) => `\`${name}\``).join(", ").replace(/, (\S+)$/, " and $1"); // prettier-ignore
  const text = PAGE.replaceAll(/\s+/g, " ");
  expect(text).toContain(`The fields of \`among\` are ${listed(MODEL_FIELDS)}.`);
  expect(text).toContain(`Those of \`only\` are ${listed(BENCHMARK_FIELDS)}.`);
});
