import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { faultsOf } from "../../support/faults-of";
import { type Joined, openJoined } from "../../support/joined";
import { seed } from "../../support/seed";
import { ADMIN, STRANGER, viewerOf } from "../../support/viewer-of";

const NAMES = Array.from({ length: 30 }, (_, at) => `m${String(at).padStart(3, "0")}`);

let database: TestDatabase;
let joined: Joined;
beforeAll(async () => {
  database = await createTestDatabase();
  const story = seed(database.dataSource).domain("vision").tree("average_vision");
  // The last are registered first: nothing may depend on the order of registration. Every third has an unknown count, ties come in pairs.
  for (const [at, name] of [...NAMES.entries()].reverse())
    story.model(name, {
      columns: { parameter_count: at % 3 === 0 ? null : Math.floor(at / 2), submitted_at: at === 7 ? null : `2021-01-${10 + (at % 9)}` },
    });
  await story
    .model("secret", { isPublic: false, owner: "lab", columns: { parameter_count: 5 } })
    .domain("orders")
    .model("b", { columns: { parameter_count: 2 } })
    .model("a", { columns: { parameter_count: 2 } })
    .model("B", { columns: { parameter_count: 1 } })
    .model("ﬀ")
    .model("😀")
    .model("é", { columns: { parameter_count: 3 } })
    .domain("empty")
    .write();
  joined = await openJoined(database);
});
afterAll(() => database?.drop());

interface Page {
  names: string[];
  totalCount: number;
  startCursor: string | null;
  endCursor: string | null;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}
async function page(rest = "", { domain = "vision", viewer = null as typeof ADMIN } = {}): Promise<Page> {
  const query = `{ models(domain: "${domain}"${rest}) { totalCount nodes { name } edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const { nodes, edges, totalCount, pageInfo } = (await joined.data(query, { viewer })).models;
  expect(edges.map(({ node }: { node: object }) => node)).toEqual(nodes);
  expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null]);
  return { names: nodes.map(({ name }: { name: string }) => name), totalCount, ...pageInfo };
}

describe("a list of models", () => {
  it("is by name, 25 at a time unless asked otherwise, with its total", async () => {
    expect(await page()).toMatchObject({ names: NAMES.slice(0, 25), totalCount: 30, hasNextPage: true, hasPreviousPage: false });
    expect((await page(", first: 100")).names).toEqual(NAMES);
    expect(await page(", first: 0")).toMatchObject({ names: [], totalCount: 30, startCursor: null });
  });

  it("takes at most 100 and no negative number", async () => {
    for (const argument of ["first: 101", "first: -1", "last: 101", "last: -1"]) {
      const [name, value] = argument.split(": ");
      expect(await faultsOf(joined, `{ models(domain: "vision", ${argument}) { totalCount } }`)).toEqual([
        `BAD_USER_INPUT at models: \`${name}\` must be from 0 to 100; got ${value}.`,
      ]);
    }
  });

  it("is the same walked forward and backward, without gaps or repeats", async () => {
    const walk = async (argument: (cursor: string | null) => string, next: (page: Page) => string | null): Promise<string[][]> => {
      const pages: string[][] = [];
      for (let cursor: string | null = null, more = true; more;) {
        const got = await page(argument(cursor));
        pages.push(got.names);
        cursor = next(got);
        more = cursor !== null;
      }
      return pages;
    };
    const forward = await walk(
      (cursor) => `, first: 7${cursor ? `, after: "${cursor}"` : ""}`,
      ({ hasNextPage, endCursor }) => (hasNextPage ? endCursor : null),
    );
    const backward = await walk(
      (cursor) => `, last: 7${cursor ? `, before: "${cursor}"` : ""}`,
      ({ hasPreviousPage, startCursor }) => (hasPreviousPage ? startCursor : null),
    );
    expect(forward.flat()).toEqual(NAMES);
    expect(backward.reverse().flat()).toEqual(NAMES);
    expect(forward.map((names) => names.length)).toEqual([7, 7, 7, 7, 2]);
  });

  it("has nothing in a domain without models, and is refused for an unknown one", async () => {
    expect(await page("", { domain: "empty" })).toMatchObject({ names: [], totalCount: 0, hasNextPage: false });
    expect(await faultsOf(joined, `{ models(domain: "none") { totalCount } }`)).toEqual([
      'NOT_FOUND at models: There is no domain "none".',
    ]);
  });
});

describe("orders", () => {
  const order = async (by: string, direction: string) =>
    (await page(`, orderBy: { by: ${by}, direction: ${direction} }`, { domain: "orders" })).names;

  it("go by code point of the name", async () => {
    const names = ["B", "a", "b", "é", "ﬀ", "😀"];
    expect((await page("", { domain: "orders" })).names).toEqual(names);
    expect(await order("NAME", "ASC")).toEqual(names);
    expect(await order("NAME", "DESC")).toEqual([...names].reverse());
  });

  it("put unknown values last whichever way they run, and equal ones by name", async () => {
    expect(await order("PARAMETER_COUNT", "ASC")).toEqual(["B", "a", "b", "é", "ﬀ", "😀"]);
    expect(await order("PARAMETER_COUNT", "DESC")).toEqual(["é", "a", "b", "B", "ﬀ", "😀"]);
  });

  it.each(["SUBMITTED_AT", "PARAMETER_COUNT"])("by %s page without gaps or repeats, through ties and unknown values", async (by) => {
    for (const direction of ["ASC", "DESC"]) {
      const orderBy = `, orderBy: { by: ${by}, direction: ${direction} }`;
      const whole = (await page(`${orderBy}, first: 100`)).names;
      const walked: string[] = [];
      for (let after: string | null = null; walked.length < 30;) {
        const got: Page = await page(`${orderBy}, first: 4${after ? `, after: "${after}"` : ""}`);
        walked.push(...got.names);
        after = got.endCursor;
      }
      expect(walked).toEqual(whole);
      expect([...whole].sort()).toEqual(NAMES);
    }
  });

  it("run upwards unless told otherwise", async () => {
    expect((await page(", orderBy: { by: PARAMETER_COUNT }", { domain: "orders" })).names[0]).toBe("B");
  });
});

describe("cursors", () => {
  it("are good for the list, filter and order that gave them only", async () => {
    const { endCursor: plain } = await page(", first: 3");
    const { endCursor: filtered } = await page(', first: 3, filter: { search: "m" }');
    const { endCursor: ordered } = await page(", first: 3, orderBy: { by: SUBMITTED_AT }");
    const { endCursor: elsewhere } = await page(", first: 1", { domain: "orders" });
    const refusals = [
      ...[filtered, ordered, elsewhere, "nonsense", "", plain!.slice(1), `${plain}A`].map((cursor) => `after: "${cursor}"`),
      `before: "${filtered}"`,
      `filter: { search: "M" }, after: "${filtered}"`,
      `orderBy: { by: SUBMITTED_AT, direction: DESC }, after: "${ordered}"`,
    ];
    for (const rest of refusals) {
      const [fault] = await faultsOf(joined, `{ models(domain: "vision", ${rest}) { totalCount } }`);
      expect([rest, fault]).toEqual([rest, expect.stringMatching(/^INVALID_CURSOR at models: `(after|before)` /)]);
    }
    expect(await faultsOf(joined, `{ benchmarks(domain: "vision", after: "${plain}") { totalCount } }`)).toHaveLength(1);
  });

  it("do not depend on how the same filter is written", async () => {
    const { endCursor } = await page(', first: 3, filter: { search: "m", isRunnable: null }');
    expect((await page(`, first: 1, filter: { search: "m" }, after: "${endCursor}"`)).names).toEqual([NAMES[3]]);
  });
});

describe("private models in lists (§10)", () => {
  it("are listed and counted for their owner and admins only", async () => {
    const owner = await viewerOf(database.dataSource, "lab");
    for (const viewer of [null, STRANGER]) expect(await page(", last: 1", { viewer })).toMatchObject({ names: ["m029"], totalCount: 30 });
    for (const viewer of [owner, ADMIN]) expect(await page(", last: 1", { viewer })).toMatchObject({ names: ["secret"], totalCount: 31 });
  });

  it("leave a stranger no cursor to them: the owner's holds its place without telling", async () => {
    const owner = await viewerOf(database.dataSource, "lab");
    const { endCursor } = await page(", last: 1", { viewer: owner });
    expect(await page(`, after: "${endCursor}"`)).toMatchObject({ names: [], totalCount: 30 });
  });
});
