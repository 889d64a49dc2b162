import { describe, expect, it } from "@jest/globals";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { parse } from "graphql";
import { createWriter } from "../../../src/federation/execution/writer";
import { asLasting } from "../../../src/federation/lasting";

interface Seen {
  readonly view: { readonly viewer: { readonly accountPk: number } | null; readonly sameFor: object };
  readonly baseUrl?: string;
}

const publicly = (board: object, baseUrl?: string): Seen => ({ view: { viewer: null, sameFor: board }, baseUrl });

/** Counts how often the resolvers of a thing are asked. `lasting` lasts, `passing` does not; both give the count. */
function openThings() {
  const asked = { lasting: 0, nested: 0, passing: 0 };
  const thing = Object.freeze({ a: 1 });
  const resolvers = {
    Query: { thing: () => thing },
    Thing: {
      lasting: { resolve: asLasting(() => ++asked.lasting) },
      upTo: { resolve: asLasting((_thing: object, { least }: { least: number }) => least + ++asked.lasting) },
      later: { resolve: asLasting(async () => ++asked.lasting) },
      many: { resolve: asLasting(() => [{ b: ++asked.nested }, { b: 0 }]) },
      below: { resolve: asLasting(() => ({ b: ++asked.nested, own: () => ++asked.passing })) },
      passing: () => ++asked.passing,
    },
    Below: { passing: () => ++asked.passing },
  };
  const typeDefs = `
    type Query { thing: Thing }
    type Thing { a: Int lasting: Int upTo(least: Int): Int later: Int passing: Int below: Below many: [Below] }
    type Below { b: Int own: Int passing: Int }`;
  const write = createWriter(makeExecutableSchema({ typeDefs, resolvers }));
  const documents = new Map<string, ReturnType<typeof parse>>();
  async function ask(query: string, contextValue?: Seen, variableValues?: Record<string, unknown>): Promise<string> {
    if (!documents.has(query)) documents.set(query, parse(query));
    return (await write({ document: documents.get(query)!, contextValue, variableValues }))!;
  }
  return { asked, ask };
}

describe("what was written of fields that last is written again", () => {
  it("on the same board, at the same address", async () => {
    const { ask } = openThings();
    const [first, second] = [{}, {}];
    const query = "{ thing { a lasting __typename } }";
    const answer = (count: number) => `{"thing":{"a":1,"lasting":${count},"__typename":"Thing"}}`;
    expect(await ask(query, publicly(first))).toBe(answer(1));
    expect(await ask(query, publicly(first))).toBe(answer(1));
    expect(await ask(query, publicly(second))).toBe(answer(2));
    expect(await ask(query, publicly(second, "http://elsewhere"))).toBe(answer(3));
    expect(await ask(query, publicly(first))).toBe(answer(1));
    expect(await ask("{ thing { lasting a } }", publicly(first))).toBe('{"thing":{"lasting":4,"a":1}}');
    for (let name = 0; name < 20; name++) await ask(query, publicly(first, `http://${name}`));
    expect(await ask(query, publicly(first))).not.toBe(answer(1));
  });

  it("never to somebody with an account, nor from what they were told", async () => {
    const { ask } = openThings();
    const board = {};
    const own = (accountPk: number): Seen => ({ view: { viewer: { accountPk }, sameFor: board } });
    const query = "{ thing { a lasting } }";
    const told = [own(1), own(1), publicly(board), own(2), publicly(board)];
    const counts = [];
    for (const seen of told) counts.push((JSON.parse(await ask(query, seen)) as { thing: { lasting: number } }).thing.lasting);
    expect(counts).toEqual([1, 2, 3, 4, 3]);
    expect(await ask(query)).toBe('{"thing":{"a":1,"lasting":5}}');
  });

  it("with all that lasts below it, and not if anything there does not", async () => {
    const { ask, asked } = openThings();
    const seen = publicly({});
    const often = async (fields: string): Promise<string[]> => [
      await ask(`{ thing { ${fields} } }`, seen),
      await ask(`{ thing { ${fields} } }`, seen),
    ];
    expect(await often("below { b }")).toEqual(['{"thing":{"below":{"b":1}}}', '{"thing":{"below":{"b":1}}}']);
    expect(await often("many { b }")).toEqual(['{"thing":{"many":[{"b":2},{"b":0}]}}', '{"thing":{"many":[{"b":2},{"b":0}]}}']);
    expect(await often("below { passing }")).toEqual(['{"thing":{"below":{"passing":1}}}', '{"thing":{"below":{"passing":2}}}']);
    expect(await often("below { own }")).toEqual(['{"thing":{"below":{"own":3}}}', '{"thing":{"below":{"own":4}}}']);
    expect(await often("lasting passing")).toEqual(['{"thing":{"lasting":1,"passing":5}}', '{"thing":{"lasting":1,"passing":6}}']);
    expect(await often("later")).toEqual(['{"thing":{"later":2}}', '{"thing":{"later":3}}']);
    expect(asked.lasting).toBe(3);
  });

  it("not if its arguments come from variables", async () => {
    const { ask } = openThings();
    const seen = publicly({});
    const query = "query Ask($least: Int) { thing { upTo(least: $least) } }";
    expect(await ask(query, seen, { least: 10 })).toBe('{"thing":{"upTo":11}}');
    expect(await ask(query, seen, { least: 20 })).toBe('{"thing":{"upTo":22}}');
    expect(await ask("{ thing { upTo(least: 30) } }", seen)).toBe('{"thing":{"upTo":33}}');
    expect(await ask("{ thing { upTo(least: 30) } }", seen)).toBe('{"thing":{"upTo":33}}');
  });

  it("only of objects that never change", async () => {
    const seen = publicly({});
    const open = makeExecutableSchema({
      typeDefs: "type Query { thing: Thing } type Thing { a: Int lasting: Int }",
      resolvers: { Thing: { lasting: { resolve: asLasting(({ a }: { a: number }) => a) } } },
    });
    const write = createWriter(open);
    const rootValue = { thing: { a: 1 } };
    const document = parse("{ thing { a lasting } }");
    expect(await write({ document, rootValue, contextValue: seen })).toBe('{"thing":{"a":1,"lasting":1}}');
    rootValue.thing.a = 2;
    expect(await write({ document, rootValue, contextValue: seen })).toBe('{"thing":{"a":2,"lasting":2}}');
  });
});
