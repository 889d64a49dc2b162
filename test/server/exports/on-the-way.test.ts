import { jest } from "@jest/globals";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import path from "node:path";
import { importDataset } from "../../../src/dataset/import-dataset";
import { type ExportFile, FILES } from "../../../src/server/exports/files";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { seed } from "../../support/seed";
import { type OpenExports, openExports } from "./open-exports";

let database: TestDatabase;
let exports: OpenExports;
beforeAll(async () => {
  database = await createTestDatabase();
  await importDataset(database.dataSource, path.join(__dirname, "../../../data"));
  exports = await openExports(database);
}, 120_000);
afterAll(async () => {
  await exports?.close();
  await database?.drop();
});
afterEach(() => void jest.restoreAllMocks());

/** What becomes of the next files of a name. */
interface Watched {
  parts: number;
  /** Resolves when nothing more is made, be it done or given up. */
  readonly ended: Promise<void>;
}

/** Watches how a file is made, after `before`, with each of its parts so many times. */
function watch(name: string, { before = Promise.resolve() as Promise<unknown>, times = 1 } = {}): Watched {
  const file = FILES.get(name)! as { write: ExportFile["write"] };
  const { write } = file;
  let end!: () => void;
  const watched = { parts: 0, ended: new Promise<void>((resolve) => (end = resolve)) };
  jest.spyOn(file, "write").mockImplementation(async function* (subject, metadata) {
    await before;
    try {
      for await (const part of write(subject, metadata))
        for (let time = 0; time < times; time++) {
          watched.parts++;
          yield part;
        }
    } finally {
      end();
    }
  });
  return watched;
}

/** Asks for a file and reads nothing of it yet. */
async function begin(at: string): Promise<IncomingMessage> {
  const [answer] = (await once(get(exports.url + at), "response")) as [IncomingMessage];
  return answer;
}

async function rest(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Gives everything its turn, more than once. */
async function othersTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await fetch(`${exports.url}/health/live`);
}

describe("a file that is not read", () => {
  it("is not made ahead of its reader, and not made on when the reader has gone", async () => {
    const all = watch("scores.jsonl");
    await rest(await begin("/exports/vision/scores.jsonl?weights=V1:7"));
    jest.restoreAllMocks();

    // More than the system's buffers between two sockets hold.
    const times = 20;
    const some = watch("scores.jsonl", { times });
    const answer = await begin("/exports/vision/scores.jsonl?weights=V1:8");
    // Until nothing more fits into the buffers between.
    for (let parts = -1; parts < some.parts; await othersTurns()) parts = some.parts;
    answer.destroy();
    await some.ended;
    expect(some.parts).toBeGreaterThan(0);
    expect(some.parts).toBeLessThan(times * all.parts);
  });

  it.each([
    ["scores.csv", { "accept-encoding": "gzip" }],
    ["scores.parquet", {}],
    ["scores.arrow", { "accept-encoding": "br" }],
  ])("stops in every format, compressed or not: %s %j", async (file, headers) => {
    const watched = watch(file);
    const asked = get(`${exports.url}/exports/vision/${file}?weights=V1:9`, { headers: headers as Record<string, string> });
    asked.on("error", () => undefined);
    while (watched.parts === 0) await othersTurns();
    asked.destroy();
    await watched.ended;
  });

  it("stops for who asks for its headers only", async () => {
    const watched = watch("scores.jsonl");
    const asked = get(`${exports.url}/exports/vision/scores.jsonl?weights=V1:11`, { method: "HEAD" });
    asked.on("error", () => undefined);
    while (watched.parts === 0) await othersTurns();
    asked.destroy();
    await watched.ended;
    expect((await fetch(`${exports.url}/health/live`)).status).toBe(200);
  });
});

it("a file is of one revision, though others write while it is read", async () => {
  const before = await exports.get("/exports/vision/scores.jsonl");
  const answer = await begin("/exports/vision/scores.jsonl");
  await seed(database.dataSource)
    .domain("vision")
    .model("a newcomer")
    .score("a newcomer", "Marques2020_Ringach2002-or_selective", { raw: 0.99, ceiled: 0.99, endedAt: "2024-06-01" })
    .write();
  await exports.current.refresh();
  const bytes = await rest(answer);
  expect(answer.headers["x-scoretree-revision"]).toBe(before.headers["x-scoretree-revision"]);
  expect(bytes.equals(before.bytes)).toBe(true);

  const after = await exports.get("/exports/vision/scores.jsonl", { "if-none-match": before.headers.etag! });
  expect(after.status).toBe(200);
  expect(after.headers["x-scoretree-revision"]).not.toBe(before.headers["x-scoretree-revision"]);
  expect(after.bytes.toString()).toContain(`"model":"a newcomer"`);
});

it("what is read from the database is of that revision too", async () => {
  const notesOf = (bytes: Buffer) => /"name":"noted".*"notes":("[^"]*"|null)/.exec(bytes.toString())?.[1];
  const change = (notes: string) =>
    seed(database.dataSource)
      .also(async ({ query, change: edit }) => {
        const [{ pk }] = await query(`SELECT pk FROM model WHERE name = 'noted'`);
        await edit("model", [{ pk, notes }]);
      })
      .write();
  await seed(database.dataSource)
    .domain("vision")
    .model("noted", { columns: { notes: "first" } })
    .write();
  await exports.current.refresh();

  let open!: () => void;
  watch("models.jsonl", { before: new Promise<void>((resolve) => (open = resolve)) });
  const asked = exports.get("/exports/vision/models.jsonl");
  await othersTurns();
  await change("second");
  await exports.current.refresh();
  open();
  const { bytes, headers } = await asked;
  expect(notesOf(bytes)).toBe(`"first"`);
  jest.restoreAllMocks();
  const now = await exports.get("/exports/vision/models.jsonl");
  expect(notesOf(now.bytes)).toBe(`"second"`);
  expect(now.headers["x-scoretree-revision"]).not.toBe(headers["x-scoretree-revision"]);
});

it("a failure on the way ends the file where it is: it does not look whole", async () => {
  const file = FILES.get("scores.csv")! as { write: ExportFile["write"] };
  const { write } = file;
  jest.spyOn(file, "write").mockImplementation(async function* (subject, metadata) {
    let length = 0;
    for await (const part of write(subject, metadata)) {
      yield part;
      if ((length += part.length) > 2_000_000) throw new Error("the database is gone");
    }
  });
  await expect(begin("/exports/vision/scores.csv?weights=V1:12").then(rest)).rejects.toThrow("aborted");
  jest.restoreAllMocks();
  const again = await exports.get("/exports/vision/scores.csv?weights=V1:12");
  expect(again.trailers["repr-digest"]).toBeDefined();
});
