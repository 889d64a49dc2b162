import path from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { importDataset } from "../../../src/dataset/import-dataset";
import { FILES, TABLES } from "../../../src/server/exports/files";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { giveKey } from "../../support/give-key";
import { type Joined, openJoined } from "../../support/joined";
import type { Json } from "../../support/json";
import { digestOf, type OpenExports, openExports } from "./open-exports";
import { type ReadRow, READERS } from "./read-back";

const DATA = path.join(__dirname, "../../../data");

let database: TestDatabase;
let exports: OpenExports;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  await importDataset(database.dataSource, DATA);
  exports = await openExports(database);
  joined = await openJoined(database);
});
afterAll(async () => {
  await exports?.close();
  await database?.drop();
});

async function rows(file: string, search = ""): Promise<ReadRow[]> {
  const { status, bytes } = await exports.get(`/exports/vision/${file}${search}`);
  expect([file, status]).toEqual([file, 200]);
  const [table, ending] = file.split(".");
  return READERS[ending](table, bytes);
}

/** Compares many rows: those that differ first are shown. */
function expectSame(got: readonly object[], expected: readonly object[]): void {
  const texts = [got, expected].map((of) => of.map((row) => JSON.stringify(row)));
  const at = texts[0].findIndex((text, row) => text !== texts[1][row]);
  expect(got[at]).toEqual(expected[at]);
  expect([at, got.length]).toEqual([-1, expected.length]);
}

const errorOf = (bytes: Buffer) => (JSON.parse(bytes.toString()) as { errors: [{ message: string; extensions: object }] }).errors[0];

/** Conditions in an address and in the API. */
const CONDITIONS: readonly (readonly [search: string, under: string])[] = [
  ["", "{}"],
  ["?asOf=2022-06-30&among.family=resnet&among.family=vit", `{ asOf: "2022-06-30", among: { family: ["resnet", "vit"] } }`],
  ["?missing=SKIP_ALL&weights=V1:2&weights=V4:0&only.species=macaque&among.search=RES", `{ missing: SKIP_ALL, weights: [{ benchmark: "V1", weight: 2 }, { benchmark: "V4", weight: 0 }], only: { species: ["macaque"] }, among: { search: "RES" } }`],
  ["?only.below=V1&among.isRunnable=true&among.submitted=2022-01-01..2023-01-01&among.parameterCount=..30000000", `{ only: { below: ["V1"] }, among: { isRunnable: true, submitted: { from: "2022-01-01", to: "2023-01-01" }, parameterCount: { max: 30000000 } } }`],
]; // prettier-ignore

describe.each(Object.keys(TABLES))("%s", (table) => {
  it.each(["", CONDITIONS[2][0]])("say the same in all four formats, row by row %s", async (search) => {
    const [csv, ...others] = await Promise.all(Object.keys(READERS).map((ending) => rows(`${table}.${ending}`, search)));
    expect(csv.length).toBeGreaterThan(10);
    for (const other of others) expectSame(other, csv);
    expect(Object.keys(csv[0]).slice(0, TABLES[table].columns.length)).toEqual(TABLES[table].columns.map(({ name }) => name));
    const needed = TABLES[table].columns.filter(({ isNeeded }) => isNeeded).map(({ name }) => name);
    expect(csv.filter((row) => needed.some((name) => row[name] === null))).toEqual([]);
  });
});

describe.each(CONDITIONS)("under the conditions %s", (search, under) => {
  it("every cell and leaderboard is what the API answers", async () => {
    const data = await joined.data(`{ standings(domain: "vision", under: ${under}) {
      matrix { models { name } benchmarks { identifier } states values errors ranks }
      leaderboard(first: 100) { nodes { rank model { name id } score { state value tiedWith percentile rankInterval { best worst } coverage { scored leaves } } } } } }`);
    const { matrix, leaderboard } = data.standings;
    const cells = matrix.benchmarks.flatMap(({ identifier: benchmark }: { identifier: string }, column: number) =>
      matrix.models.flatMap(({ name: model }: { name: string }, row: number) => {
        const [state, value, error, rank] = [matrix.states, matrix.values, matrix.errors, matrix.ranks].map((of) => of[row][column]);
        return state === "NOT_RUN" ? [] : [{ model, benchmark, state, value, error, rank }];
      }),
    );
    const told = (await rows("scores.jsonl", search)).map(({ model, benchmark, state, value, error, rank }) => ({ model, benchmark, state, value, error, rank })); // prettier-ignore
    expectSame(told, cells);

    const board = (await rows("leaderboard.jsonl", search)).slice(0, 100);
    const values = new Map(told.map(({ model, benchmark, value }) => [`${model} ${benchmark}`, value]));
    expect(board.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !/^(score_|error$)/.test(name))))).toEqual(
      leaderboard.nodes.map(({ rank, model, score }: { rank: number; model: Record<string, string>; score: Record<string, never> }) => ({
        ...{ rank, model: model.name, model_id: model.id, state: score.state, value: score.value, tied_with: score.tiedWith },
        ...{
          percentile: score.percentile,
          rank_best: score.rankInterval?.["best"] ?? null,
          rank_worst: score.rankInterval?.["worst"] ?? null,
        },
        ...{ scored_leaves: score.coverage["scored"], leaves: score.coverage["leaves"] },
      })),
    );
    for (const row of board)
      for (const { identifier } of matrix.benchmarks)
        expect(row[`score_${identifier}`]).toBe(values.get(`${String(row.model)} ${identifier}`) ?? null);
  });

  it("models, benchmarks and references are those of the API", async () => {
    const data =
      await joined.data(`{ domain(slug: "vision") { references { id } } standings(domain: "vision", under: ${under}) { matrix { models { name } }
      tree { benchmark { id identifier reference { key } } parent { identifier } leafCount weight version { number ceiling stimuli { count kind } recording { region } metric { name } } statistics { count failed notRun mean median } }
      citedReferences { id } } }`);
    const { matrix, tree, citedReferences } = data.standings;
    expect((await rows("models.csv", search)).map(({ name }) => name)).toEqual(matrix.models.map(({ name }: { name: string }) => name));
    expect(
      (await rows("benchmarks.csv", search)).map((row) => [row.id, row.identifier, row.reference, row.parent, row.leaves, row.weight, row.version, row.ceiling, row.stimuli_count, row.stimuli_kind, row.region, row.metric, row.count, row.failed, row.not_run, row.mean, row.median]), // prettier-ignore
    ).toEqual(
      tree.map(({ benchmark, parent, leafCount, weight, version, statistics }: Json) => [benchmark.id, benchmark.identifier, benchmark.reference?.key ?? null, parent?.identifier ?? null, leafCount, weight, version?.number ?? null, version?.ceiling ?? null, version?.stimuli?.count ?? null, version?.stimuli?.kind ?? null, version?.recording?.region ?? null, version?.metric?.name ?? null, statistics.count, statistics.failed, statistics.notRun, statistics.mean, statistics.median]), // prettier-ignore
    );
    const ids = [...new Set([...data.domain.references, ...citedReferences].map(({ id }: { id: string }) => id))];
    const { bibliography } = await joined.data(`query ($ids: [ID!]!) { bibliography(references: $ids) }`, { variables: { ids } });
    const bib = await exports.get(`/exports/vision/references.bib${search}`);
    expect(bib.bytes.toString()).toBe(`${bibliography}\n`);
  });
});

it("a leaderboard is of any benchmark, which is empty outside the tree", async () => {
  const [first] = await rows("leaderboard.csv", "?benchmark=V1");
  const { standings } = await joined.data(`{ standings(domain: "vision") { leaderboard(benchmark: "V1", first: 1) { nodes { model { name } } } } }`); // prettier-ignore
  expect(first.model).toBe(standings.leaderboard.nodes[0].model.name);
  expect(await rows("leaderboard.parquet", "?benchmark=V1&only.below=IT")).toEqual([]);
  expect(await rows("leaderboard.arrow", "?benchmark=V1&only.below=IT")).toEqual([]);
  expect(await rows("scores.parquet", "?among.names=nobody")).toEqual([]);
});

describe("models", () => {
  it("are told with all that the API knows of them", async () => {
    const told = (await rows("models.jsonl")).find(({ contributor, architecture }) => contributor !== null && architecture !== null)!;
    const { model } = await joined.data(`query ($name: String!) { model(domain: "vision", name: $name) { id name submittedAt competition group visualDegrees contributor { displayName } reference { key }
      metadata { architecture family parameterCount trainableParameterCount layerCount trainableLayerCount sizeMegabytes trainingDataset taskSpecialization isRunnable sourceUrl huggingFaceUrl notes } } }`, { variables: { name: told.name } }); // prettier-ignore
    const { metadata: known } = model;
    expect(told).toEqual({
      ...{ id: model.id, name: model.name, contributor: model.contributor.displayName, submitted_at: model.submittedAt },
      ...{
        reference: model.reference?.key ?? null,
        competition: model.competition,
        group: model.group,
        visual_degrees: model.visualDegrees,
      },
      ...{ architecture: known.architecture, family: known.family, parameters: known.parameterCount },
      ...{ trainable_parameters: known.trainableParameterCount, layers: known.layerCount, trainable_layers: known.trainableLayerCount },
      ...{ size_megabytes: known.sizeMegabytes, training_dataset: known.trainingDataset, task_specialization: known.taskSpecialization },
      ...{ runnable: known.isRunnable, source_url: known.sourceUrl, hugging_face_url: known.huggingFaceUrl, notes: known.notes },
    });
  });
});

describe("the headers of a file", () => {
  it("tell its revision, license, name and type", async () => {
    const { headers } = await exports.get("/exports/vision/scores.csv?asOf=2022-06-30&missing=SKIP_ALL");
    const { standings } = await joined.data(`{ standings(domain: "vision") { revision } }`);
    expect(headers).toMatchObject({
      "x-scoretree-revision": standings.revision,
      "x-scoretree-license": "CC0-1.0",
      link: `<https://spdx.org/licenses/CC0-1.0.html>; rel="license"`,
      "content-disposition": `attachment; filename="vision-scores-as-of-2022-06-30-under-conditions-r${standings.revision}.csv"`,
      "content-type": "text/csv; charset=utf-8; header=present",
      "cache-control": "public, max-age=0, must-revalidate",
      vary: "accept-encoding",
    });
  });

  it("tell the checksum of a short one and its length, compressed or not", async () => {
    const plain = await exports.get("/exports/vision/benchmarks.csv");
    expect(plain.headers["repr-digest"]).toBe(digestOf(plain.bytes));
    expect(plain.headers["content-length"]).toBe(String(plain.bytes.length));
    for (const [encoding, decode] of [
      ["gzip", gunzipSync],
      ["br", brotliDecompressSync],
    ] as const) {
      // prettier-ignore
      const { headers, bytes } = await exports.get("/exports/vision/benchmarks.csv", { "accept-encoding": encoding });
      expect(headers["content-encoding"]).toBe(encoding);
      expect(headers["unencoded-digest"]).toBe(digestOf(plain.bytes));
      expect(decode(bytes).equals(plain.bytes)).toBe(true);
      expect(bytes.length).toBeLessThan(plain.bytes.length / 2);
    }
  });

  it("leave the checksum of a long one to a trailer, until the file was made once", async () => {
    const first = await exports.get("/exports/vision/scores.csv?weights=V4:3");
    expect(first.headers["repr-digest"]).toBeUndefined();
    expect(first.headers.trailer).toBe("repr-digest");
    expect(first.trailers["repr-digest"]).toBe(digestOf(first.bytes));
    const packed = await exports.get("/exports/vision/scores.csv?weights=V4:3", { "accept-encoding": "br;q=0.5, gzip" });
    expect(packed.headers["unencoded-digest"]).toBe(digestOf(first.bytes));
    expect(brotliDecompressSync(packed.bytes).equals(first.bytes)).toBe(true);
    const streamed = await exports.get("/exports/vision/scores.csv?weights=V4:4", { "accept-encoding": "gzip" });
    expect(streamed.trailers["unencoded-digest"]).toBe(digestOf(gunzipSync(streamed.bytes)));
  });

  it("are all there for HEAD, with checksum and length, and no file", async () => {
    for (const file of ["scores.jsonl?weights=V4:5", "models.parquet", "references.bib"]) {
      const head = await exports.get(`/exports/vision/${file}`, {}, "HEAD");
      expect([head.status, head.bytes.length]).toEqual([200, 0]);
      const { headers, bytes } = await exports.get(`/exports/vision/${file}`);
      expect(head.headers["repr-digest"]).toBe(digestOf(bytes));
      expect(head.headers["content-length"]).toBe(String(bytes.length));
      for (const name of ["etag", "content-disposition", "content-type", "x-scoretree-revision"])
        expect(head.headers[name]).toBe(headers[name]);
    }
  });

  it("have a tag by which the file is not sent again", async () => {
    for (const file of FILES.keys()) {
      const { headers } = await exports.get(`/exports/vision/${file}`, {}, "HEAD");
      for (const method of ["GET", "HEAD"]) {
        const again = await exports.get(
          `/exports/vision/${file}`,
          { "if-none-match": `"x", ${headers.etag!}`, "accept-encoding": "gzip" },
          method,
        );
        expect([file, again.status, again.bytes.length, again.headers.etag]).toEqual([file, 304, 0, headers.etag]);
      }
      const other = await exports.get(`/exports/vision/${file}?missing=SKIP_ALL`, { "if-none-match": headers.etag! }, "HEAD");
      expect(other.status).toBe(200);
    }
  });

  it("have no trailer for those who speak HTTP 1.0, who get the whole file", async () => {
    const whole = await exports.get("/exports/vision/scores.csv?weights=V4:6");
    const { connect } = await import("node:net");
    const { port } = new URL(exports.url);
    const text = await new Promise<Buffer>((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect(Number(port), "127.0.0.1", () => socket.write("GET /exports/vision/scores.csv?weights=V4:6 HTTP/1.0\r\n\r\n"));
      socket.on("data", (chunk: Buffer) => chunks.push(chunk));
      socket.on("end", () => resolve(Buffer.concat(chunks)));
      socket.on("error", reject);
    });
    const [head] = text.toString("latin1").split("\r\n\r\n", 1);
    expect(head).not.toMatch(/^(trailer|transfer-encoding):/im);
    expect(text.subarray(head.length + 4).equals(whole.bytes)).toBe(true);
  });
});

describe("what is wrong", () => {
  test.each([
    ["scores.csv?asof=2022-01-01", "asof", "asof", /one of the parameters asOf, release/],
    ["scores.csv?benchmark=V1", "benchmark", "benchmark", /one of the parameters/],
    ["leaderboard.csv?benchmark=V9", "benchmark", "V9", /identifier of a benchmark of vision/],
    ["leaderboard.csv?benchmark=V1&benchmark=V4", "benchmark", "V1 and V4", /one value/],
    ["scores.csv?asOf=yesterday", "asOf", "yesterday", /an instant with an offset/],
    ["scores.csv?asOf=2022-02-30", "asOf", "2022-02-30", /an instant/],
    ["scores.csv?asOf=", "asOf", "", /an instant/],
    ["scores.csv?asOf=2022-01-01&asOf=2023-01-01", "asOf", "2022-01-01 and 2023-01-01", /one value/],
    ["scores.csv?asOf=2022-01-01&release=r", "asOf", "2022-01-01", /either asOf or release/],
    ["scores.csv?release=none", "release", "none", /a release of vision/],
    ["scores.csv?missing=skip", "missing", "skip", /ZERO, SKIP_NOT_RUN, SKIP_ALL/],
    ["scores.csv?weights=V1", "weights", "V1", /such as V1:2/],
    ["scores.csv?weights=V1:many", "weights", "V1:many", /such as V1:2/],
    ["scores.csv?weights=V1:-1", "weights", "V1:-1", /weights from 0 to 1e6/],
    ["scores.csv?weights=V1:2&weights=V1:3", "weights", "V1:2", /each once/],
    ["scores.csv?weights=average_vision:2", "weights", "average_vision:2", /no roots/],
    ["scores.csv?weights=V9:2", "weights", "V9:2", /of the domain/],
    ["scores.csv?only.below=V9", "only.below", "V9", /of the domain/],
    ["scores.csv?only.identifiers=V9", "only.identifiers", "V9", /of the domain/],
    ["scores.csv?only.dataIsPublic=yes", "only.dataIsPublic", "yes", /true or false/],
    ["scores.csv?among.parameterCount=5", "among.parameterCount", "5", /from\.\.to/],
    ["scores.csv?among.parameterCount=..", "among.parameterCount", "..", /from\.\.to/],
    ["scores.csv?among.visualDegrees=1.5..", "among.visualDegrees", "1.5", /Int/],
    ["scores.csv?among.submitted=2022..", "among.submitted", "2022", /an instant/],
    ["scores.csv?among.scored=V1", "among.scored", "among.scored", /one of the parameters/],
  ])("in %s is answered with 400, where, and what was expected", async (file, parameter, got, expected) => {
    const { status, bytes, headers } = await exports.get(`/exports/vision/${file}`);
    expect(status).toBe(400);
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers.etag).toBeUndefined();
    const { message, extensions } = errorOf(bytes);
    expect(extensions).toEqual({ code: "BAD_USER_INPUT", parameter, expected: expect.stringMatching(expected) as string, got });
    expect(message).toContain(`\`${parameter}\`: expected `);
  });

  test.each(["/exports/nowhere/scores.csv", "/exports/vision/scores.xlsx", "/exports/vision/toString", "/exports/%00/scores.csv", "/exports/vision/", "/exports/nothing"])("by name is not found: %s", async (at) => {
    const { status, bytes } = await exports.get(at);
    expect([status, errorOf(bytes).extensions]).toEqual([404, { code: "NOT_FOUND" }]);
  }); // prettier-ignore

  it("with the address itself is no failure of ours", async () => {
    for (const at of [
      "/exports/%E0%A4%A/scores.csv",
      "/exports/vision/scores.csv?%E0%A4%A=%",
      "/exports/vision/scores.csv?release=%00",
      "/exports/vision/scores.csv?among.names=%00&among.names=%ff",
      `/exports/vision/scores.csv?among.search=${"x".repeat(5_000)}`,
      "/exports/vision/scores.csv?&&==&",
    ]) {
      // prettier-ignore
      const { status } = await exports.get(at);
      expect([at, status < 500]).toEqual([at, true]);
    }
  });

  it("with the method is told", async () => {
    const { status, headers } = await exports.get("/exports/vision/scores.csv", {}, "POST");
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  });
});

it("keys make no difference, but those that are good for nobody are refused", async () => {
  const bad = await exports.get("/exports/vision/models.csv", { authorization: "Bearer st_nothing" });
  expect([bad.status, errorOf(bad.bytes).extensions]).toEqual([401, { code: "UNAUTHENTICATED" }]);
  const [{ key: owning }] = await database.dataSource.query(
    `SELECT account.key FROM account JOIN model ON owner_pk = account.pk WHERE NOT is_public LIMIT 1`,
  );
  const key = await giveKey(database.dataSource, owning as string);
  const [anybody, owner] = await Promise.all([undefined, { authorization: `Bearer ${key}` }].map((headers) => exports.get("/exports/vision/models.csv", headers))); // prettier-ignore
  expect(owner.status).toBe(200);
  expect(owner.bytes.equals(anybody.bytes)).toBe(true);
});

describe("the list of what there is", () => {
  it.each(["/exports", "/exports/"])("at %s leads to every file", async (at) => {
    const { status, bytes } = await exports.get(at);
    expect(status).toBe(200);
    const { domains } = JSON.parse(bytes.toString()) as { domains: [{ slug: string; license: string; files: { name: string; url: string; mediaType: string }[] }] }; // prettier-ignore
    expect(domains.map(({ slug, license }) => [slug, license])).toEqual([["vision", "CC0-1.0"]]);
    expect(domains[0].files.map(({ name }) => name)).toEqual([...FILES.keys()]);
    for (const { url, mediaType } of domains[0].files) {
      const { status: found, headers } = await exports.get(url.slice(exports.url.length), {}, "HEAD");
      expect([found, headers["content-type"]]).toEqual([200, mediaType]);
    }
  });
});
