import { makeExecutableSchema } from "@graphql-tools/schema";
import { parse } from "graphql";
import { Unwanted } from "../../../src/board/in-slices";
import { createExecutor } from "../../../src/federation/execution/executor";
import { createWriter } from "../../../src/federation/execution/writer";

/** Keeps the processor busy for so long. */
function spin(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

const schema = makeExecutableSchema({
  typeDefs: `type Query { rows(count: Int!): [Row!]! } type Row { number: Int! cells: [Row!]! bad: Int! }`,
  resolvers: {
    Query: { rows: (_: unknown, { count }: { count: number }) => Array.from({ length: count }, (_each, number) => ({ number })) },
    Row: {
      number({ number }: { number: number }) {
        spin(0.5);
        return number;
      },
      cells: ({ number }: { number: number }) => Array.from({ length: 20 }, (_each, place) => ({ number: 100 * number + place })),
      bad({ number }: { number: number }) {
        if (number > 40) throw new Error("That is too many.");
        spin(0.5);
        return number;
      },
    },
  },
});

const execute = createExecutor(schema, createWriter(schema));

test("a long answer is written in slices, whole and in order, and others have turns in between", async () => {
  let turns = 0;
  const count = () => void (turns++, (timer = setImmediate(count)));
  let timer = setImmediate(count);
  const { data, errors } = await execute({ document: parse("{ rows(count: 30) { number cells { number } } }") });
  clearImmediate(timer);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    rows: Array.from({ length: 30 }, (_each, number) => ({
      number,
      cells: Array.from({ length: 20 }, (_cell, place) => ({ number: 100 * number + place })),
    })),
  });
  expect(turns).toBeGreaterThan(10);
});

test("an answer that fails in a later slice is graphql-js's", async () => {
  const { data, errors } = await execute({ document: parse("{ rows(count: 50) { bad } }") });
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ message: "That is too many.", path: ["rows", 41, "bad"] }]);
});

test("nothing more is done for who has gone", async () => {
  const gone = new AbortController();
  const answer = execute({ document: parse("{ rows(count: 1000) { number } }"), contextValue: { signal: gone.signal } });
  gone.abort();
  await expect(answer).rejects.toBeInstanceOf(Unwanted);
});
