import fc from "fast-check";
import type { Connection } from "../../src/federation/connection";
import type { PageArguments } from "../../src/federation/page-arguments";
import { paginate, type Listing } from "../../src/federation/paginate";
import { requestContext } from "./request-context";

const context = requestContext();
const LETTERS = [..."abcdefghij"];
const listing: Listing<string> = { list: ["letters"], rows: LETTERS, keyOf: (letter) => [letter] };
const ordered: Listing<string> = { ...listing, compare: ([a], [b]) => (a! < b! ? -1 : a! > b! ? 1 : 0) };

const cursorOf = (letter: string, of: Listing<string> = listing) =>
  paginate(context, { ...of, rows: [letter] }, { first: 1 }).pageInfo.startCursor!;

const seen = ({ nodes, pageInfo: { hasPreviousPage, hasNextPage } }: Connection<string>) =>
  `${hasPreviousPage ? "<" : "|"}${nodes.join("")}${hasNextPage ? ">" : "|"}`;

/** A page of letters: "<cd>" has rows before and after it, "|ab>" only after. */
const page = (asked: { first?: number; last?: number; after?: string; before?: string }, of = listing) =>
  seen(
    paginate(context, of, {
      ...asked,
      after: asked.after && cursorOf(asked.after),
      before: asked.before && cursorOf(asked.before),
    }),
  );

describe("a page (Relay cursor connections)", () => {
  test.each([
    [{ first: 3 }, "|abc>"],
    [{ first: 10 }, "|abcdefghij|"],
    [{ first: 0 }, "|>"],
    [{ first: 3, after: "c" }, "<def>"],
    [{ first: 3, after: "g" }, "<hij|"],
    [{ first: 3, after: "j" }, "<|"],
    [{ last: 3 }, "<hij|"],
    [{ last: 10 }, "|abcdefghij|"],
    [{ last: 0 }, "<|"],
    [{ last: 3, before: "h" }, "<efg>"],
    [{ last: 3, before: "d" }, "|abc>"],
    [{ last: 3, before: "a" }, "|>"],
    [{ first: 2, after: "b", before: "h" }, "<cd>"],
    [{ first: 9, after: "b", before: "h" }, "<cdefg|"],
    [{ last: 2, after: "b", before: "h" }, "<fg>"],
    [{ last: 9, after: "b", before: "h" }, "|cdefg>"],
    [{ last: 3, after: "f" }, "<hij|"],
    [{ last: 9, after: "f" }, "|ghij|"],
    [{ first: 4, last: 2 }, "<cd>"],
    [{ first: 2, last: 4 }, "<ab>"],
    [{ first: 2, after: "h", before: "b" }, "<|"],
    [{ after: "f" }, "<ghij|"],
    [{ before: "d" }, "|abc>"],
    [{}, "|abcdefghij|"],
  ])("asked for with %j is %s", (asked, expected) => {
    expect(page(asked)).toBe(expected);
    expect(page(asked, ordered)).toBe(expected);
  });

  test("holds 25 rows if nobody says how many: the first, or the last before a cursor", () => {
    const rows = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
    const many = { ...listing, rows };
    expect(paginate(context, many, {}).nodes).toEqual(rows.slice(0, 25));
    expect(paginate(context, many, { after: cursorOf("24") }).nodes).toEqual(rows.slice(25, 50));
    expect(paginate(context, many, { before: cursorOf("50") }).nodes).toEqual(rows.slice(25, 50));
    expect(paginate(context, many, {}).totalCount).toBe(60);
  });

  test("walks a list of any length whole, forward and backward, with pages of any size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 12 }), fc.boolean(), (length, size, isOrdered) => {
        const rows = Array.from({ length }, (_, n) => String(n).padStart(2, "0"));
        const of = { ...(isOrdered ? ordered : listing), rows };
        const walk = (step: (cursor: string | null) => PageArguments, isForward: boolean): string[] => {
          const pages: string[][] = [];
          for (let cursor: string | null = null, more = true; more;) {
            const { nodes, pageInfo }: Connection<string> = paginate(context, of, step(cursor));
            pages.push(nodes);
            cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor;
            more = isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
          }
          return (isForward ? pages : pages.reverse()).flat();
        };
        expect(walk((after) => ({ first: size, after }), true)).toEqual(rows);
        expect(walk((before) => ({ last: size, before }), false)).toEqual(rows);
      }),
    );
  });

  test("gives each edge the cursor that pageInfo has for its ends, and null on an empty page", () => {
    const { edges, pageInfo } = paginate(context, listing, { first: 3 });
    expect(edges.map(({ node }) => node)).toEqual(["a", "b", "c"]);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges[2].cursor]);
    expect(paginate(context, listing, { first: 0 }).pageInfo).toMatchObject({ startCursor: null, endCursor: null });
  });

  test("makes nodes of rows, of typed arrays too", () => {
    const { nodes, edges } = paginate(
      context,
      { list: [], rows: Int32Array.of(3, 1, 2), keyOf: (n) => [n], nodeOf: (n) => `node ${n}` },
      { first: 2 },
    );
    expect(nodes).toEqual(["node 3", "node 1"]);
    expect(edges.map(({ node }) => node)).toEqual(nodes);
  });

  test.each([
    [{ first: -1 }, "`first` must be from 0 to 100; got -1."],
    [{ last: -5 }, "`last` must be from 0 to 100; got -5."],
    [{ first: 101 }, "`first` must be from 0 to 100; got 101."],
    [{ last: 1_000_000 }, "`last` must be from 0 to 100; got 1000000."],
  ])("of %j is refused as BAD_USER_INPUT, with the limit", (asked, message) => {
    expect(() => page(asked)).toThrow(expect.objectContaining({ message, extensions: { code: "BAD_USER_INPUT" } }) as Error);
  });
});

describe("a cursor", () => {
  const refusal = (argument: string) =>
    expect.objectContaining({
      message: expect.stringContaining(`\`${argument}\``) as string,
      extensions: { code: "INVALID_CURSOR" },
    }) as Error;
  const cursor = cursorOf("c");
  const flipped = (at: number) => {
    const bytes = Buffer.from(cursor, "base64url");
    bytes[at] ^= 1;
    return bytes.toString("base64url");
  };

  test.each([
    ["of another list", cursorOf("c", { ...listing, list: ["numbers"] })],
    ["of the same list with another filter", cursorOf("c", { ...listing, list: ["letters", { search: "c" }] })],
    ["with a forged key", flipped(14)],
    ["with a forged signature", flipped(0)],
    ["that is cut", cursor.slice(0, -4)],
    ["with something after it", `${cursor}AAAA`],
    ["with padding", `${cursor}=`],
    ["that is a number", "2"],
    ["that is empty", ""],
    ["that is no base64url", "%%% \u0000 ☃"],
    ["that is huge", "A".repeat(1_000_000)],
  ])("%s is refused as INVALID_CURSOR, naming the argument", (_, foreign) => {
    expect(() => paginate(context, listing, { after: foreign })).toThrow(refusal("after"));
    expect(() => paginate(context, listing, { last: 2, before: foreign })).toThrow(refusal("before"));
  });

  test("made with another ledger's key is refused", () => {
    const elsewhere = paginate(requestContext(Buffer.alloc(32, 8)), listing, { first: 1 }).pageInfo.endCursor;
    expect(() => paginate(context, listing, { after: elsewhere })).toThrow(refusal("after"));
  });

  test("of the same filter is good however the filter was written down", () => {
    const made = cursorOf("c", { ...listing, list: ["letters", { search: "x", and: [{ a: 1, b: 2 }], not: null }] });
    const again = { ...listing, list: ["letters", { and: [{ b: 2, a: 1 }], search: "x" }] };
    expect(paginate(context, again, { after: made }).nodes[0]).toBe("d");
  });

  test("holds its place after its row has left, where the list has an order by key", () => {
    const without = (of: Listing<string>) => ({ ...of, rows: LETTERS.filter((letter) => letter !== "c") });
    expect(seen(paginate(context, without(ordered), { first: 2, after: cursor }))).toBe("<de>");
    expect(seen(paginate(context, without(ordered), { last: 2, before: cursor }))).toBe("|ab>");
    expect(() => paginate(context, without(listing), { first: 2, after: cursor })).toThrow(refusal("after"));
  });

  test("made at an older revision goes on from where its row stands now", () => {
    const old = paginate(context, { ...listing, revision: "5" }, { first: 3 }).pageInfo.endCursor;
    const now = { ...listing, rows: [..."cabdefghij"], revision: "6" };
    expect(paginate(context, now, { first: 2, after: old }).nodes).toEqual(["a", "b"]);
  });
});
