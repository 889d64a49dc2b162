import type { Context } from "../../src/federation/context";
import { requestContext } from "./request-context";

const asked: string[][] = [];
async function lengths(words: readonly string[], _context: Context): Promise<number[]> {
  asked.push([...words]);
  return words.map((word) => word.length);
}

interface Point {
  x: number;
}
const calls: number[] = [];
async function points(all: readonly Point[]): Promise<number[]> {
  calls.push(all.length);
  return all.map(({ x }) => x);
}

beforeEach(() => void (asked.length = 0));

test("a request asks a batch function once for all keys, and never twice for one", async () => {
  const context = requestContext();
  const load = (word: string) => context.loader(lengths).load(word);
  expect(await Promise.all([load("a"), load("bb"), load("a")])).toEqual([1, 2, 1]);
  expect(await load("bb")).toBe(2);
  expect(asked).toEqual([["a", "bb"]]);
});

test("two requests share nothing", async () => {
  for (const context of [requestContext(), requestContext()]) await context.loader(lengths).load("a");
  expect(asked).toEqual([["a"], ["a"]]);
});

test("keys that are objects are the same where `keyOf` says so", async () => {
  const loader = requestContext().loader(points, ({ x }) => x);
  expect(await Promise.all([loader.load({ x: 1 }), loader.load({ x: 1 })])).toEqual([1, 1]);
  expect(calls).toEqual([1]);
});
