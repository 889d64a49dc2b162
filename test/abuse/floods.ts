import type { Asked } from "../support/ask-both";

const times = (count: number, write: (at: number) => string, between = " "): string =>
  Array.from({ length: count }, (_, at) => write(at)).join(between);
const nested = (open: string, inner: string, close: string, levels: number): string => open.repeat(levels) + inner + close.repeat(levels);

/** The benchmarks of a domain. */
const ROOTS = `domain(slug: "vision") { roots`;

/** Documents that are there to be too much, each by what it has too much of. */
export const FLOODS: Readonly<Record<string, Asked>> = {
  "50 levels": { query: `{ ${ROOTS} ${nested("{ children ", "{ identifier }", " }", 50)} } }` },
  "5,000 levels": { query: `{ ${ROOTS} ${nested("{ children ", "{ identifier }", " }", 5_000)} } }` },
  "50,000 braces": { query: "{".repeat(50_000) },
  "5,000 fields": { query: `{ ${ROOTS} { ${times(5_000, () => "identifier")} } } }` },
  "5,000 fields of the root": { query: `{ ${times(5_000, () => `domains { slug }`)} }` },
  "5,000 aliases": { query: `{ ${times(5_000, (at) => `a${at}: domains { slug }`)} }` },
  "49 costly aliases": { query: `{ standings(domain: "vision") { ${times(49, (at) => `a${at}: matrix { states values ranks }`)} } }` },
  "5,000 directives": { query: `{ domains { slug ${times(5_000, () => "@include(if: true)")} } }` },
  "5,000 unknown directives": { query: `{ domains { slug ${times(5_000, (at) => `@d${at}(x: 1)`)} } }` },
  "5,000 fragments": {
    query: `{ domains { ${times(5_000, (at) => `...F${at}`)} } } ${times(5_000, (at) => `fragment F${at} on Domain { slug }`)}`,
  },
  "fragments that double, 30 times": {
    query: `{ domains { ...F0 } } ${times(30, (at) => `fragment F${at} on Domain { ...F${at + 1} ...F${at + 1} }`)} fragment F30 on Domain { slug }`,
  },
  "fragments that double by levels": {
    query: `{ ${ROOTS} { ...F0 } } } ${times(12, (at) => `fragment F${at} on Benchmark { a: children { ...F${at + 1} } b: children { ...F${at + 1} } }`)} fragment F12 on Benchmark { id }`,
  },
  "a fragment of itself": { query: `{ domains { ...F } } fragment F on Domain { slug ...F }` },
  "a cycle of 300 fragments": {
    query: `{ domains { ...F0 } } ${times(300, (at) => `fragment F${at} on Domain { ...F${(at + 1) % 300} }`)}`,
  },
  "1,000 inline fragments in each other": { query: `{ domains { ${nested("... on Domain { ", "slug", " }", 1_000)} } }` },
  "5,000 operations": { query: times(5_000, (at) => `query Q${at} { domains { slug } }`), operationName: "Q4999" } as Asked,
  "two operations of one name": { query: `query Q { domains { slug } } query Q { domains { slug } }`, operationName: "Q" } as Asked,
  "5,000 arguments": { query: `{ domain(${times(5_000, (at) => `a${at}: "x"`)}, slug: "vision") { slug } }` },
  "one argument 5,000 times": { query: `{ domain(${times(5_000, () => `slug: "vision"`)}) { slug } }` },
  "5,000 variables": { query: `query (${times(5_000, (at) => `$v${at}: String`)}) { domains { slug } }` },
  "fields that overlap": {
    query: `{ ${times(18, () => `${ROOTS} ${nested("{ children { identifier } parent ", "{ identifier }", " }", 6)} }`)} }`,
  },
  "fields that overlap by fragments": {
    query: `{ ${times(20, (at) => `domains { ...A${at} }`)} } ${times(20, (at) => `fragment A${at} on Domain { ${times(40, (other) => `f${other}: slug`)} roots { ...B } }`)} fragment B on Benchmark { ${times(40, (at) => `b${at}: id`)} }`,
  },
  "introspection in circles": { query: `{ __schema { types { fields { type ${nested("{ fields { type ", "{ name }", " } }", 5)} } } } }` },
  "introspection in long circles": { query: `{ __schema { types ${nested("{ fields { type ", "{ name }", " } }", 200)} } }` },
  "introspection 19 times": {
    query: `{ ${times(19, (at) => `s${at}: __schema { types { name description fields { name description args { name } } } }`)} }`,
  },
  "a list 30,000 deep": { query: `{ nodes(ids: ${nested("[", `"x"`, "]", 30_000)}) { id } }` },
  "an object 10,000 deep": { query: `{ models(domain: "vision", filter: ${nested("{not: ", "{}", "}", 10_000)}) { totalCount } }` },
  "a filter 300 deep": {
    query: `query ($filter: ModelFilter) { models(domain: "vision", filter: $filter) { totalCount } }`,
    variables: { filter: JSON.parse(nested(`{"not":`, "{}", "}", 300)) },
  },
  "a filter of 3,000 parts": {
    query: `query ($filter: ModelFilter) { models(domain: "vision", filter: $filter) { totalCount } }`,
    variables: { filter: { or: Array.from({ length: 3_000 }, (_, at) => ({ search: `x${at}` })) } },
  },
  "10,000 ids": {
    query: `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`,
    variables: { ids: Array.from({ length: 10_000 }, () => "x") },
  },
  "a text of 200,000 characters": { query: `{ domain(slug: "${"x".repeat(200_000)}") { slug } }` },
  "a number of 100,000 digits": { query: `{ models(domain: "vision", first: ${"9".repeat(100_000)}) { totalCount } }` },
  "200,000 characters of comment": { query: `{ domains { slug } } #${"x".repeat(200_000)}` },
  "100,000 commas": { query: `{ domains { slug } ${",".repeat(100_000)} }` },
  "a name of 200,000 characters": { query: `{ ${"x".repeat(200_000)} }` },
  "200 misspelt names": { query: `{ ${times(200, (at) => `modell${at}`)} }` },
  "a trend of 10,000 years": {
    query: `{ model(domain: "vision", name: "alpha") { trend(every: DAY, from: "0001-01-01", to: "9999-12-31") { at } } }`,
  },
  "negative and huge pages": {
    query: `{ ${[-1, -2_147_483_648, 101, 2_147_483_647].map((count, at) => `a${at}: models(domain: "vision", first: ${count}) { totalCount } b${at}: models(domain: "vision", last: ${count}) { totalCount }`).join(" ")} }`,
  },
};
