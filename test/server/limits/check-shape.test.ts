import { buildSchema, getIntrospectionQuery, parse } from "graphql";
import { CheckedDocuments } from "../../../src/server/limits/checked-documents";
import { checkShape } from "../../../src/server/limits/check-shape";
import { type Limits, LIMITS } from "../../../src/server/limits/limits";

const refusalOf = (text: string, limits: Partial<Limits> = {}) => checkShape(parse(text), { ...LIMITS, ...limits })?.extensions ?? null;

const deep = (levels: number): string => "{ a ".repeat(levels) + "}".repeat(levels);
const times = (count: number, text: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => text(place)).join(" ");

describe("a document", () => {
  it.each([
    ["depth", deep, 15],
    ["aliases", (count: number) => `{ a { ${times(count, (place) => `x${place}: b`)} } }`, 50],
    ["rootFields", (count: number) => `{ ${times(count, (place) => `a${place}`)} }`, 20],
    ["directives", (count: number) => `{ a ${times(count, () => "@x")} }`, 20],
  ] as const)("may have as much of %s as the limit says, and no more", (limit, write, most) => {
    expect(LIMITS[limit]).toBe(most);
    expect(refusalOf(write(most))).toBeNull();
    expect(refusalOf(write(most + 1))).toEqual({ code: "TOO_MANY", limit, most, got: most + 1 });
  });

  it("has the fields of a fragment wherever it is spread: those that double each other are counted, not written out", () => {
    const doubling = times(60, (place) => `fragment F${place} on T { a { ...F${place + 1} } b { ...F${place + 1} } }`);
    const text = `{ ...F0 } ${doubling} fragment F60 on T { c }`;
    expect(refusalOf(text, { depth: 100 })).toEqual({ code: "TOO_MANY", limit: "fields", most: 5000 });
    expect(refusalOf(`{ a { ...F } } fragment F on T { ${times(6, (place) => `f${place}`)} }`, { fields: 7 })).toBeNull();
    expect(refusalOf(`{ a { ...F } } fragment F on T { ${times(7, (place) => `f${place}`)} }`, { fields: 7 })).toMatchObject({
      limit: "fields",
    });
  });

  it("has the fields of a fragment once for each spread, also where all fall together: who plans an operation writes it out", () => {
    const doubling = times(60, (place) => `fragment F${place} on T { ...F${place + 1} ... on T { ...F${place + 1} } }`);
    expect(refusalOf(`{ ...F0 } ${doubling} fragment F60 on T { c }`)).toEqual({ code: "TOO_MANY", limit: "fields", most: 5000 });
    expect(refusalOf(`{ ...F ...F } fragment F on T { ${times(6, (place) => `f${place}`)} }`, { fields: 12 })).toBeNull();
    expect(refusalOf(`{ ...F ...F } fragment F on T { ${times(6, (place) => `f${place}`)} }`, { fields: 11 })).toMatchObject({
      limit: "fields",
    });
  });

  it("has so many pairs of fields that fall together: of equal names in an object, and of fragments that meet there", () => {
    // k fields of one name are k (k - 1) / 2 pairs.
    expect(refusalOf(`{ ${times(5, () => "a")} }`, { pairs: 10 })).toBeNull();
    expect(refusalOf(`{ ${times(6, () => "a")} }`, { pairs: 10 })).toEqual({ code: "TOO_MANY", limit: "pairs", most: 10 });
    expect(refusalOf(`{ ${times(6, (place) => `...F${place}`)} }`, { pairs: 10 })).toMatchObject({ limit: "pairs" });
  });

  it("that holds itself is left to the rules of GraphQL", () => {
    expect(refusalOf("{ ...F } fragment F on T { a { ...G } } fragment G on T { b { ...F } }")).toBeNull();
  });

  it("counts what all of its operations hold", () => {
    expect(refusalOf(`query A { ${times(4, (place) => `a${place}`)} } query B { ${times(4, (place) => `a${place}`)} }`, { fields: 7 })).toMatchObject({ limit: "fields" }); // prettier-ignore
  });
});

describe("the documents of an endpoint", () => {
  const schema = buildSchema("type Query { a: Query name: String }");
  const documents = new CheckedDocuments({ schema, work: { sizes: new Map(), costs: new Map() }, limits: LIMITS });

  it("are read as far as the limit of tokens, and no further", () => {
    const names = (count: number): string => `{ a { ${"name ".repeat(count)}} }`;
    const few = new CheckedDocuments({ schema, work: { sizes: new Map(), costs: new Map() }, limits: { ...LIMITS, tokens: 10 } });
    expect(few.check(names(5)).kind).toBe("good");
    expect(few.check(names(6))).toMatchObject({
      kind: "refused",
      refusal: { extensions: { code: "TOO_MANY", limit: "tokens", most: 10 } },
    });
  });

  it("are read once", () => {
    const text = "{ a { name } }";
    expect(documents.recall(text)).toBeUndefined();
    const checked = documents.check(text);
    expect(documents.check(text)).toBe(checked);
    expect(documents.recall(text)).toBe(checked);
  });

  it("that are faulty in themselves are left to who says what is wrong", () => {
    for (const text of ["{", "{ nothing }", "{ ...F } fragment F on Query { ...F }"]) expect(documents.check(text).kind).toBe("faulty");
  });

  it("may introspect as editors and clients do", () => {
    const all = {
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
    };
    for (const text of [getIntrospectionQuery(), getIntrospectionQuery(all)]) {
      const checked = documents.check(text);
      expect(checked.kind).toBe("good");
      expect(checked.kind === "good" && documents.estimate(checked, null, {})!.nodes).toBeLessThan(LIMITS.nodes / 5);
    }
    expect(documents.check("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }").kind).toBe("faulty");
  });
});
