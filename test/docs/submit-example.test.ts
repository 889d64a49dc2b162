import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { giveKey } from "../support/give-key";
import { seed } from "../support/seed";
import { type StartedServer, startServer } from "../support/start-server";

const EXAMPLE = path.join(__dirname, "../../examples/submit-scores.mjs");

let database: TestDatabase;
let server: StartedServer;
let key: string;
const folder = mkdtempSync(path.join(tmpdir(), "scoretree-example-"));
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  await seed(dataSource).domain("vision").tree("average_vision\n  leaf-a\n  leaf-b").model("alpha", { owner: "lab" }).write();
  key = await giveKey(dataSource, "lab");
  server = await startServer(database.url);
});
afterAll(async () => {
  await server?.kill();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the example on a file: its exit status and what it printed. */
function submit(csv: string): Promise<{ code: number; printed: string }> {
  const file = path.join(folder, "scores.csv");
  writeFileSync(file, csv);
  const env = { ...process.env, SCORETREE_KEY: key };
  return new Promise((resolve) => {
    execFile(process.execPath, [EXAMPLE, server.url, "vision", file], { env }, (error, out, wrong) =>
      resolve({ code: error ? Number(error.code) : 0, printed: out + wrong }),
    );
  });
}

const CSV = `model,benchmark,version,raw,ceiled,error,failed,startedAt,endedAt,comment
alpha,leaf-a,1,0.4,0.5,,,2021-03-01T08:30:00Z,2021-03-01T10:00:00Z,batch size 64
alpha,leaf-b,1,,,,true,,2021-03-01,
`;

test("examples/submit-scores.mjs hands in a file once, however often it is run", async () => {
  const told = (is: string) => `2 scores${is}: submission_…\n  alpha  leaf-a  .500  rank 1\n  alpha  leaf-b  X  rank -\n`;
  const run = async () => {
    const { code, printed } = await submit(CSV);
    return { code, printed: printed.replace(/submission_[\w-]{22}/, "submission_…") };
  };
  expect(await run()).toEqual({ code: 0, printed: told("") });
  expect(await run()).toEqual({ code: 0, printed: told(", which were there already") });
});

test("examples/submit-scores.mjs tells what is wrong with a file", async () => {
  expect(await submit(CSV.replace("leaf-a", "leaf-z"))).toEqual({
    code: 1,
    printed: 'scores.0.benchmark: There is no benchmark "leaf-z".\n',
  });
});
