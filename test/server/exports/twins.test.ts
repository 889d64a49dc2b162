import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { View } from "../../../src/board/view";
import { RULES } from "../../../src/database/visible-facts";
import { FILES } from "../../../src/server/exports/files";
import { openTwin, type Twin } from "../../flows/open-twin";
import { KEYS } from "../../flows/twin-world";
import type { HttpAnswer } from "../../support/ask-http";
import { seed } from "../../support/seed";

let plain: Twin;
let secretive: Twin;
beforeAll(async () => {
  const idKey = Buffer.alloc(32, 7);
  plain = await openTwin({ hasSecrets: false, idKey });
  secretive = await openTwin({ hasSecrets: true, idKey });
}, 120_000);
afterAll(async () => {
  await plain?.close();
  await secretive?.close();
});

/** Everything that an answer tells, but for what differs between two answers of one server. */
const told = ({ status, headers, body }: HttpAnswer) => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "date" && name !== "x-request-id")),
  body,
});

const both = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  Promise.all([plain, secretive].map(async (twin) => told(await twin.ask({ path, headers, method }))));

const SEARCHES = [
  "",
  "?asOf=2019-12-31",
  "?asOf=2021-06-30&missing=SKIP_NOT_RUN",
  "?release=2021",
  "?release=2023&weights=a:2",
  "?among.search=the",
  "?among.names=secret-1&among.names=alpha",
  "?only.below=V1&missing=SKIP_ALL",
];

const ADDRESSES = [
  ...["vision", "language"].flatMap((domain) =>
    [...FILES.keys()].flatMap((file) => SEARCHES.map((search) => `/exports/${domain}/${file}${search}`)),
  ),
  ...["a", "c", "engineering", "between", "nothing"].map((benchmark) => `/exports/vision/leaderboard.jsonl?benchmark=${benchmark}`),
  ...["/exports", "/exports/", "/exports/openapi.json", "/exports/none/scores.csv", "/exports/vision/scores.csv?release=none"],
];

describe.each([
  ["anybody", {}],
  ["a stranger with an account", { authorization: `Bearer ${KEYS.stranger}` }],
] as [string, Record<string, string>][])("%s gets the same files, byte for byte, whether there are secrets or not (§10)", (_, headers) => {
  it("with the same headers: revisions, tags, checksums, names", async () => {
    const statuses: Record<number, number> = {};
    for (const address of ADDRESSES) {
      const [one, other] = await both(address, headers);
      expect({ address, ...other }).toEqual({ address, ...one });
      statuses[one.status] = (statuses[one.status] ?? 0) + 1;
    }
    expect(statuses[200]).toBeGreaterThan(150);
    expect(Object.keys(statuses).filter((status) => Number(status) >= 500)).toEqual([]);
  }, 120_000);

  it("and the same when asked for the headers only, or by tag", async () => {
    for (const file of FILES.keys()) {
      const [one, other] = await both(`/exports/vision/${file}`, headers, "HEAD");
      expect(other).toEqual(one);
      const [again, there] = await both(`/exports/vision/${file}`, { ...headers, "if-none-match": one.headers.etag as string });
      expect([again.status, there]).toEqual([304, again]);
    }
  });
});

it("what is written in secret changes neither file nor tag; what is written in public does", async () => {
  const address = "/exports/vision/scores.csv";
  const [before] = await both(address);
  await seed(secretive.dataSource).domain("vision").model("later", { isPublic: false, owner: "shadow" }).score("later", "a", 0.99).write();
  await secretive.catchUp();
  expect((await both(address))[1]).toEqual(before);
  for (const { dataSource, catchUp } of [plain, secretive]) {
    await seed(dataSource).domain("vision").score("delta", "a", { raw: 0.98, ceiled: 0.98, endedAt: "2025-01-01" }).write();
    await catchUp();
  }
  const [one, other] = await both(address);
  expect(other).toEqual(one);
  expect(one.headers.etag).not.toBe(before.headers.etag);
  expect(one.headers["x-scoretree-revision"]).not.toBe(before.headers["x-scoretree-revision"]);
  expect(one.body).not.toBe(before.body);
});

/** Filters that keep secrets, each with a way to take it out. What is given back puts it in again. */
const FILTERS: readonly [string, string, () => () => void][] = [
  ["the public revision", "scores.csv", wholeRevision],
  ["the population", "scores.csv", letAllCount],
  ["the models that a file reads", "models.csv", letAllCount],
];

function wholeRevision(): () => void {
  const replaced = jest.spyOn(View.prototype, "revision", "get").mockImplementation(function (this: View) {
    return String(this.catalog.ledger.revision);
  });
  return () => replaced.mockRestore();
}

function letAllCount(): () => void {
  const { publicModels } = secretive.board().domain("vision")!;
  const before = publicModels.slice();
  publicModels.fill(1);
  const rule = jest.replaceProperty(RULES, "model", { everybody: "true" });
  return () => {
    publicModels.set(before);
    rule.restore();
  };
}

it.each(FILTERS)("without the filter of %s this test would find the leak", async (_, file, takeOut) => {
  const putIn = takeOut();
  try {
    const [one, other] = await both(`/exports/vision/${file}?weights=b:${1 + Math.random()}`);
    expect(other).not.toEqual(one);
  } finally {
    putIn();
  }
});
