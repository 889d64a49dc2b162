import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { importDataset } from "../../src/dataset/import-dataset";
import { TABLES } from "../../src/server/exports/files";
import { READERS } from "../server/exports/read-back";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";
import { findPython } from "./find-python";

const ROOT = path.join(__dirname, "../..");
const NOTEBOOKS = path.join(ROOT, "examples/notebooks");

const PYTHON = findPython("pandas") ?? findPython();
const NOTEBOOK_PYTHON = findPython("pandas", "matplotlib", "nbclient", "ipykernel");

if (!PYTHON) console.warn("Skipped: examples/python is not run, since there is no python3 here.");
if (!NOTEBOOK_PYTHON)
  console.warn(
    "Skipped: the notebooks are not run, since no python3 here has pandas, matplotlib, nbclient and ipykernel (Debian: python3-pandas, python3-matplotlib, python3-nbclient, python3-ipykernel).",
  );

interface Output {
  readonly output_type: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, string | string[]>>;
}

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: string | string[]; readonly outputs?: readonly Output[] }[];
}

const readNotebook = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Notebook;

const joined = (text: string | string[] = "") => [text].flat().join("");

/** What a reader sees of an output. Of a picture only that there is one: its bytes depend on fonts and versions. */
const shown = ({ text, data }: Output) =>
  data?.["image/png"] ? "a picture" : (joined(text) + joined(data?.["text/plain"])).replace(/\s+/g, " ").trim();

let database: TestDatabase;
let server: StartedServer;
let folder: string;
let key: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "scoretree-python-"));
  database = await createTestDatabase();
  await importDataset(database.dataSource, path.join(ROOT, "data"));
  await seed(database.dataSource).domain("vision").model("own", { owner: "lab", isPublic: false }).write();
  key = await giveKey(database.dataSource, "lab");
  server = await startServer(database.url);
}, 120_000);
afterAll(async () => {
  await server?.kill();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (python: string, parameters: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(python, parameters, {
    cwd: ROOT,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", SCORETREE_URL: server.url, ...environment },
  });

describe("the notebooks", () => {
  const names = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));

  it("are committed with what comes out of each cell", () => {
    expect(names).toEqual(["ranks.ipynb", "trends.ipynb"]);
    for (const name of names) expect(readNotebook(path.join(NOTEBOOKS, name)).cells.some(({ outputs }) => outputs?.length)).toBe(true);
  });

  (NOTEBOOK_PYTHON ? test : test.skip).each(names)("%s, run anew, says what it says", async (name) => {
    const [source, target] = [path.join(NOTEBOOKS, name), path.join(folder, name)];
    await run(NOTEBOOK_PYTHON!, [path.join(__dirname, "run_notebook.py"), source, target]);
    const cellsOf = (file: string) => readNotebook(file).cells.map((cell) => [joined(cell.source), cell.outputs?.map(shown)]);
    expect(cellsOf(target)).toEqual(cellsOf(source));
  });
});

describe("the Python of the docs", () => {
  const blocks = ["tour.md", "recipes.md"].flatMap((page) =>
    [...readFileSync(path.join(ROOT, "docs", page), "utf8").matchAll(/```python\n(.*?)```\s+```text\n(.*?)```/gs)].map(
      ([, program, printed]) => [page, program, printed] as const,
    ),
  );

  it("is there", () => expect(blocks.length).toBe(3));

  (NOTEBOOK_PYTHON ? test : test.skip).each(blocks)("%s prints what it says", async (_, program, printed) => {
    const place = { PYTHONPATH: path.join(ROOT, "examples/python") };
    const { stdout } = await run(NOTEBOOK_PYTHON!, ["-c", program.replaceAll("http://127.0.0.1:4000", server.url)], place);
    expect(stdout).toBe(printed);
  });
});

(PYTHON ? test : test.skip)(
  "examples/python/scoretree.py does what it promises; pandas reads CSV and Parquet to equal frames",
  async () => {
    const frames: Record<string, Record<string, unknown[]>> = {};
    for (const name of Object.keys(TABLES)) {
      const answer = await fetch(`${server.url}/exports/vision/${name}.parquet`);
      const rows = READERS.parquet(name, Buffer.from(await answer.arrayBuffer()));
      frames[name] = Object.fromEntries(Object.keys(rows[0]).map((column) => [column, rows.map((row) => row[column])]));
    }
    const file = path.join(folder, "frames.json");
    writeFileSync(file, JSON.stringify(frames));
    const { stderr } = await run(PYTHON!, [path.join(__dirname, "check_scoretree.py")], { SCORETREE_KEY: key, FRAMES: file });
    expect(stderr).toMatch(/Ran \d\d tests.*\n\nOK/);
  },
);
