import { describe, expect, it } from "@jest/globals";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { parse } from "graphql";
import { createWriter } from "../../../src/federation/execution/writer";

const schema = makeExecutableSchema({
  typeDefs: `type Thing { a: Int b: String list: [Int] at: When c: Float } scalar When type Query { thing: Thing things: [Thing] }`,
});

/** What is written of `{ thing { … } }`, time after time; `change` comes before each but the first. */
async function writeOften(thing: object, fields: string, ...changes: (() => void)[]): Promise<unknown[]> {
  const write = createWriter(schema);
  const document = parse(`{ thing { ${fields} } }`);
  const texts: unknown[] = [];
  for (const change of [() => undefined, ...changes]) {
    change();
    texts.push((JSON.parse((await write({ document, rootValue: { thing } }))!) as { thing: unknown }).thing);
  }
  return texts;
}

describe("what was written of an object is written again", () => {
  it("only if nothing of it can have changed", async () => {
    const open = { a: 1, b: "x" };
    expect(await writeOften(open, "a b", () => (open.a = 2))).toEqual([
      { a: 1, b: "x" },
      { a: 2, b: "x" },
    ]);

    let computed = 1;
    const getting = Object.freeze({ get a() { return computed; }, b: "x" }); // prettier-ignore
    expect(await writeOften(getting, "a b", () => (computed = 2))).toEqual([
      { a: 1, b: "x" },
      { a: 2, b: "x" },
    ]);

    const calling = Object.freeze({ a: () => computed++, b: "x" });
    expect(await writeOften(calling, "a b", () => undefined)).toEqual([
      { a: 2, b: "x" },
      { a: 3, b: "x" },
    ]);

    const at = new Date(0);
    expect(await writeOften(Object.freeze({ a: 1, at }), "a at", () => at.setTime(1))).toEqual([
      { a: 1, at: "1970-01-01T00:00:00.000Z" },
      { a: 1, at: "1970-01-01T00:00:00.001Z" },
    ]);

    const above = { b: "x" };
    const below = Object.freeze(Object.assign(Object.create(above) as object, { a: 1 }));
    expect(await writeOften(below, "a b", () => (above.b = "y"))).toEqual([
      { a: 1, b: "x" },
      { a: 1, b: "y" },
    ]);

    const list = [1];
    expect(await writeOften(Object.freeze({ a: 1, b: "x", list }), "a b list", () => list.push(2))).toEqual([
      { a: 1, b: "x", list: [1] },
      { a: 1, b: "x", list: [1, 2] },
    ]);
  });

  it("by each question in its own way", async () => {
    const write = createWriter(schema);
    const thing = Object.freeze({ a: 1, b: 'quoted "x"', c: 0.5 });
    const ask = async (fields: string) => write({ document: parse(`{ thing { ${fields} } }`), rootValue: { thing } });
    const questions = ["a b", "b a", "a: b b: a", "x: a y: b", "a b c", "a a b", "a __typename b c", "a list b c"];
    const answers = ['{"a":1,"b":"quoted \\"x\\""}', '{"b":"quoted \\"x\\"","a":1}', '{"a":"quoted \\"x\\"","b":1}', '{"x":1,"y":"quoted \\"x\\""}', '{"a":1,"b":"quoted \\"x\\"","c":0.5}', '{"a":1,"b":"quoted \\"x\\""}', '{"a":1,"__typename":"Thing","b":"quoted \\"x\\"","c":0.5}', '{"a":1,"list":null,"b":"quoted \\"x\\"","c":0.5}']; // prettier-ignore
    for (const [at, fields] of [...questions.entries(), ...questions.entries()]) expect(await ask(fields)).toBe(`{"thing":${answers[at]}}`);
  });

  it("for few questions at a time, and of many objects side by side", async () => {
    const write = createWriter(schema);
    const things = Array.from({ length: 100 }, (_, a) => (a % 3 ? Object.freeze({ a, b: `${a}` }) : { a, b: `${a}` }));
    for (let question = 0; question < 40; question++) {
      const text = await write({ document: parse(`{ things { a${question}: a b } }`), rootValue: { things } });
      expect(JSON.parse(text!)).toEqual({ things: things.map(({ a, b }) => ({ [`a${question}`]: a, b })) });
    }
  });
});
