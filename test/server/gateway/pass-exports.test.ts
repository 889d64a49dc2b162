import path from "node:path";
import { importDataset } from "../../../src/dataset/import-dataset";
import { type Federated, openFederated } from "../../support/open-federated";
import { digestOf, getFile } from "../exports/open-exports";

let world: Federated;
beforeAll(async () => {
  world = await openFederated((dataSource) => importDataset(dataSource, path.join(__dirname, "../../../data")));
}, 120_000);
afterAll(() => world?.close());

/** What tells of this one request, or of the connection. */
const PASSING = ["date", "x-request-id", "connection", "keep-alive"];

test.each([
  ["/exports", "GET", {}],
  ["/exports/openapi.json", "GET", {}],
  ["/exports/vision/leaderboard.parquet?missing=SKIP_ALL&weights=V1:2", "GET", {}],
  ["/exports/vision/benchmarks.csv", "GET", { "accept-encoding": "br" }],
  ["/exports/vision/references.bib", "HEAD", {}],
  ["/exports/vision/scores.jsonl?weights=V1:3", "GET", {}],
  ["/exports/vision/scores.jsonl", "HEAD", { "accept-encoding": "gzip" }],
  ["/exports/vision/scores.csv?weights=none:1", "GET", {}],
  ["/exports/nowhere/scores.csv", "GET", {}],
  ["/exports/%E0%A4%A/scores.csv", "GET", {}],
  ["/exports/vision/models.csv", "GET", { authorization: "Bearer st_nothing" }],
] as [string, string, Record<string, string>][])("a gateway answers %s (%s) as the joined server does", async (at, method, headers) => {
  const [joined, passed] = await Promise.all([world.joined, world.gateway.url].map((url) => getFile(url + at, headers, method)));
  const kept = (of: typeof joined) => Object.fromEntries(Object.entries(of.headers).filter(([name]) => !PASSING.includes(name)));
  expect([passed.status, kept(passed), passed.trailers]).toEqual([joined.status, kept(joined), joined.trailers]);
  expect(passed.bytes.equals(joined.bytes)).toBe(true);
});

test("a checksum comes through a gateway behind the file", async () => {
  const { bytes, headers, trailers } = await getFile(`${world.gateway.url}/exports/vision/scores.csv?weights=V1:4`);
  expect(headers.trailer).toBe("repr-digest");
  expect(trailers["repr-digest"]).toBe(digestOf(bytes));
});

test("a gateway does not send again what its asker has", async () => {
  const { headers } = await getFile(`${world.gateway.url}/exports/vision/models.csv`, {}, "HEAD");
  const { status, bytes } = await getFile(`${world.gateway.url}/exports/vision/models.csv`, { "if-none-match": headers.etag! });
  expect([status, bytes.length]).toEqual([304, 0]);
});
