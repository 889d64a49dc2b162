import { describe, expect, it, test } from "@jest/globals";
import { getIntrospectionQuery, parse } from "graphql";
import { zeroExecutionCounts } from "../../../src/federation/execution/counts";
import { createExecutor } from "../../../src/federation/execution/executor";
import { createWriter } from "../../../src/federation/execution/writer";
import { both, type Asked } from "../../support/ask-both";
import { hostile } from "./hostile";

const FIELDS =
  `i f s b id e e(e:B) e(e:C) es es(es:[B]) date date(d:"2020-01-01") date(d:"zz") odd(k:0) odd(k:1) odd(k:2) odd(k:3) odd(k:4) odd(k:5)
  oddNN(k:0) oddNN(k:1) oddNN(k:4) echo echo(i:{a:1}) echo(i:{a:1,d:"2020-01-01",n:{a:2,e:A}}) echo(one:{x:1}) echo(x:null) echo(l:[[1,null],null]) echo(l:5)
  echo(ds:["2020-01-01",null]) echo(id:5) echo(f:3) echo(s:"q") echo(b:true) big nan inf badEnum boolInt objStr errVal err errCode errCause throwStr
  throwObj throwNull rejectStr errPath errEmpty errNN late lateNN lateErr undef undefNN nul symbol bigint context info vars notList strList setList matrix
  __typename where`.split(/\s+/);

const OBJECTS = ["o", "oNN", "lateO", "os", "os(n:0)", "osNull", "osErr", "osPromErr", "osBoth", "lateObjs", "errObj"];
const SELECTIONS = ["a b", "err", "errNN", "b err a", "b errNN err a", "late lateErr b", "lateErrNN b err", "lateNull", "lateErrNN lateNull", "o { o { o { o { a } } } }", "oNN { oNN { oNN { a } b } b }", "o { b errNN } b", "o { oNN { errNN } } err", "list { a err }", "list { errNN b }", "listNN { a lateErr }", "listNN { errNN } b", "list { list { b errNN } b }", "xs e get", "getErr b", "getErrNN b", "b getErr getErrNN", "fn", "prom", "o { lateErr getErr } late", "place", "list { place }", "__typename o { __typename }"]; // prettier-ignore

/** True where graphql-js itself forgets promises that fail: an item that is null ends a list whose earlier items are promised. */
const isForgotten = (field: string, selection: string): boolean => field === "osNull" && /late|listNN/.test(selection);

const variants = (query: string, ...values: readonly Readonly<Record<string, unknown>>[]): Asked[] =>
  values.map((variables) => ({ query, variables }));

const QUESTIONS: readonly Asked[] = [
  ...FIELDS.flatMap((field) => [{ query: `{ ${field} }` }, { query: `{ before: i x: ${field} after: s }` }]),
  ...OBJECTS.flatMap((field) =>
    SELECTIONS.filter((selection) => !isForgotten(field, selection)).map((selection) => ({ query: `{ ${field} { ${selection} } }` })),
  ),
  ...["X", "Y", "Z", "throw", "Nope", ""].flatMap((k) => [
    { query: `{ node(k:"${k}") { __typename id ... on X { x o { a } } ... on Y { y o { b } } } i }` },
    { query: `{ u(k:"${k}") { __typename ... on Node { id } ... on X { x bad } ... on Z { z } } i }` },
  ]),
  ...["us { __typename ...on X { x } ...on Y { y } ...on Z { z } }", "us { ...on X { bad self { x self { bad } } } ...on Y { o { err late } } }", "nodes { id __typename }", "nodes { ...on X { bad } id }", "nodesBad { id __typename } i"].map((field) => ({ query: `{ ${field} }` })), // prettier-ignore
  ...variants("query($i:I!){echo(i:$i)}", {}, { i: null }, { i: { a: 1 } }, { i: { a: "x" } }, { i: { a: 1, d: "no" } }, { i: [] }),
  ...variants("query($i:I){echo(i:$i)}", { i: { a: 1, z: 2 } }, { i: { a: 1, e: "NO" } }, { i: { a: 1, e: "A", n: { a: 1, n: {} } } }, { i: { a: 1, d: "2020-02-02" } }, { i: { a: 1, b: [1, null] } }, { i: { a: 1, b: 5 } }), // prettier-ignore
  ...variants(`query($i:I = {a:3, d:"2020-01-01"}){echo(i:$i)}`, {}, { i: null }),
  ...variants(`query($d:Date = "2020-01-01"){date(d:$d) echo(ds:[$d])}`, {}, { d: "zz" }, { d: "2021-01-01" }, { d: null }),
  ...variants("query($e:E){e(e:$e)}", {}, { e: "B" }, { e: "bee" }, { e: 10 }, { e: null }),
  ...variants("query($e:[E!]!){es(es:$e)}", { e: ["A", "C"] }, { e: "A" }, { e: [null] }),
  ...variants("query($x:Int){echo(x:$x)}", {}, { x: 2 ** 40 }, { x: 1.5 }, { x: "1" }, { x: null }, { x: 4 }),
  ...variants("query($s:String, $f:Float, $b:Boolean, $id:ID){echo(s:$s, f:$f, b:$b, id:$id)}", {}, { s: null }, { s: "t", f: 3, b: true, id: 5 }, { f: "3" }, { b: 1 }, { id: 5.5 }), // prettier-ignore
  ...variants("query($l:[[Int]]){echo(l:$l)}", { l: [[1], null, 3] }, { l: 3 }),
  ...variants("query($o:One){echo(one:$o)}", { o: { x: 1 } }, { o: { x: 1, y: "a" } }, { o: { x: null } }),
  ...variants("query($x:Int!){vars echo(x:$x) i2: echo(i:{a:$x, n:{a:$x}})}", { x: 4, extra: 1 }, {}),
  ...variants("query($a:Int,$b:Int){echo(x:$a) other: echo(x:$b)}", { a: "q", b: "r" }),
  ...variants("query($s:Boolean!){i @skip(if:$s) s @include(if:$s)}", { s: true }, { s: false }, {}, { s: "yes" }),
  ...variants("query($s:Boolean=true){i @include(if:$s) s}", {}, { s: null }, { s: false }),
  ...variants("query($a:Boolean!,$b:Boolean!){i @skip(if:$a) @include(if:$b) s}", { a: false, b: true }, { a: true, b: true }, { a: false, b: false }), // prettier-ignore
  ...[
    "{ ...F @skip(if:$a) ...F } fragment F on Query { i }",
    "{ o { ...F @skip(if:$a) } oNN { ...F } } fragment F on O { a }",
    "{ o { ...F } oNN { ...F @include(if:$a) b } } fragment F on O { a o { b } }",
    "{ o { o @skip(if:$a) { a } o { b } } }",
    "{ o { a @skip(if:$a) } o { a b } }",
    "{ o @skip(if:$a) { err } i }",
    "{ o { errNN @skip(if:$a) b } }",
    "{ ... @include(if:$a) { i o { a } } ... on Query @skip(if:$a) { s o { b } } }",
    "{ o { A: o @skip(if:$a) { ...F } B: o @include(if:$a) { ...F } } } fragment F on O { a }",
  ].flatMap((rest) => variants(`query($a:Boolean!)${rest}`, { a: true }, { a: false })),
  ...["{ i @skip(if:true) }", "{ i @skip(if:false) @include(if:true) }", "{ a:i b:i c:s }", "{ o { x:a y:a a } }", "{ o { a } o { b } ...F } fragment F on Query { o { e } i }", "{ ...A } fragment A on Query { ...B i } fragment B on Query { s o { ...C } } fragment C on O { a o { a } }", "{ o { constructor: a toString: b __proto__: a } }", "{ __proto__: i }", "{ __schema { queryType { name } types { name } } }", `{ __type(name:"I") { inputFields { name defaultValue } } none: __type(name:"Nope") { name } i }`, getIntrospectionQuery()].map((query) => ({ query })), // prettier-ignore
  ...["A", "B", "C", undefined].map((operationName) => ({ query: "query A{i} query B{s}", operationName })),
  ...["one two", "fail two", "one failNN two", "late o { lateErr a } two", "arg(i: 3)"].map((fields) => ({ query: `mutation{${fields}}` })),
  { query: "query($a:Boolean!,$b:Boolean!,$c:Boolean!,$d:Boolean!,$e:Boolean!,$f:Boolean!,$g:Boolean!){i @skip(if:$a) @include(if:$b) s @skip(if:$c) @include(if:$d) f @skip(if:$e) @include(if:$f) b @skip(if:$g)}", variables: { a: false, b: true, c: true, d: true, e: false, f: true, g: false } }, // prettier-ignore
];

test("questions to hostile resolvers are answered as by graphql-js: data, and errors with code, path and locations", async () => {
  const { ask, counts } = both(hostile, () => ({ user: "u" }));
  let valid = 0;
  for (const asked of QUESTIONS) {
    const answers = await ask(asked);
    if (!answers) continue;
    valid++;
    expect({ asked, answer: answers.first }).toEqual({ asked, answer: answers.expected });
    expect({ asked, answer: answers.again }).toEqual({ asked, answer: answers.expected });
  }
  expect(valid).toBeGreaterThan(500);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(10);
  // Whatever is left promised has failed by then: what nobody waits for ends a process, and this test.
  await new Promise((resolve) => setTimeout(resolve, 20));
});

describe("what is executed", () => {
  const ask = (counts: ReturnType<typeof zeroExecutionCounts>) => {
    const execute = createExecutor(hostile, createWriter(hostile, { counts }));
    return (document: ReturnType<typeof parse>, variableValues = {}) => execute({ document, variableValues, contextValue: {} });
  };

  it("is planned once a document and setting of its conditions", () => {
    const counts = zeroExecutionCounts();
    const run = ask(counts);
    const document = parse("query ($a: Boolean = true, $x: Int) { i @skip(if: $a) echo(x: $x) }");
    for (const variables of [{}, { a: true }, { a: false, x: 1 }, { x: 2 }]) void run(document, variables);
    expect(counts).toMatchObject({ plansTotal: 2, plannedTotal: 4 });
  });

  it("keeps few plans of a document with many settings", () => {
    const counts = zeroExecutionCounts();
    const run = ask(counts);
    const names = ["a", "b", "c", "d", "e", "f"];
    const document = parse(
      `query (${names.map((name) => `$${name}: Boolean!`).join(" ")}) { ${names.map((name) => `${name}: i @skip(if: $${name})`).join(" ")} s }`,
    );
    for (let setting = 0; setting < 64; setting++)
      expect(run(document, Object.fromEntries(names.map((name, bit) => [name, Boolean(setting & (1 << bit))])))).toMatchObject({ data: { s: "s" } }); // prettier-ignore
    expect(counts).toMatchObject({ plansTotal: 64, plannedTotal: 64 });
  });

  it("answers at once where nothing is promised, and in the order of the question where something is", async () => {
    const run = ask(zeroExecutionCounts());
    expect(run(parse("{ i o { a list { b } } }"))).toEqual({ data: { i: 1, o: { a: 1, list: [{ b: 2 }, null, { b: 2 }] } } });
    const later = await run(parse("{ late lateO { late a } i }"));
    expect(JSON.stringify(later)).toBe(`{"data":{"late":3,"lateO":{"late":1,"a":1},"i":1}}`);
  });

  it("grows with what is answered, not with what fragments spell out", () => {
    const run = ask(zeroExecutionCounts());
    const fragments = Array.from({ length: 40 }, (_, n) => `fragment F${n} on O { a: o { ...F${n + 1} } b: o { ...F${n + 1} } }`);
    expect(run(parse(`{ o { ...F0 } } ${fragments.join(" ")} fragment F40 on O { x: a }`.replaceAll("a: o", "o1: o").replaceAll("b: o", "o2: o")))).toHaveProperty("data"); // prettier-ignore
  });
});
