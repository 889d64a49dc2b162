import { jest } from "@jest/globals";
import type { View } from "../../src/board/view";
import { Context, type ContextOptions } from "../../src/federation/context";
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

test("a request sees an earlier revision by one view, until it has written", async () => {
  const views = [{}, {}] as View[];
  const before = jest.fn<View["before"]>().mockImplementation(async () => views[before.mock.calls.length - 1]);
  const view = { before } as unknown as View;
  const context = new Context({ view, viewAt: async () => view, baseUrl: "http://test" } as unknown as ContextOptions);
  expect(await Promise.all([context.before(7), context.before(7)])).toEqual([views[0], views[0]]);
  expect(await context.before(7)).toBe(views[0]);
  expect(before).toHaveBeenCalledTimes(1);
  await context.reach(9);
  expect(await context.before(7)).toBe(views[1]);
});
