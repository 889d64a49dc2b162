import { makeExecutableSchema } from "@graphql-tools/schema";
import { GraphQLError, GraphQLScalarType } from "graphql";

/** A schema whose resolvers do all that can go wrong, at once and later. */
const TYPES = `
  enum E { A B C }
  scalar Date
  scalar Odd
  input I { a: Int! b: [Int!] = [1, 2] e: E = B d: Date n: I s: String = "x" }
  input One @oneOf { x: Int y: String }
  interface Node { id: ID! }
  type X implements Node { id: ID! x: Int bad: Int! o: O self: X }
  type Y implements Node { id: ID! y: String o: O }
  type Z { z: Int }
  union U = X | Y | Z
  type O {
    a: Int! b: Int err: Int errNN: Int! late: Int lateErr: Int lateErrNN: Int! lateNull: Int! o: O oNN: O! list: [O] listNN: [O!]! xs: [Int] e: E
    get: Int getErr: Int getErrNN: Int! fn: Int prom: Int place: Int
  }
  type Query {
    i: Int f: Float s: String b: Boolean id: ID e(e: E = A): E es(es: [E!]! = [A, C]): [E] date(d: Date): Date odd(k: Int): Odd oddNN(k: Int): Odd!
    echo(i: I, one: One, x: Int = 3, l: [[Int]], ds: [Date], id: ID, f: Float, s: String! = "d", b: Boolean): String
    o: O oNN: O! lateO: O lateObjs: [O] os(n: Int = 2): [O!] osNull: [O!] osErr: [O] osPromErr: [O] osBoth: [O!] matrix: [[Int!]!] notList: [Int]
    strList: [String] setList: [Int] big: Int nan: Float inf: Float badEnum: E boolInt: Boolean objStr: String errObj: O errVal: Int
    err: Int errNN: Int! errCode: Int errCause: Int throwStr: Int throwObj: Int throwNull: Int rejectStr: Int errPath: Int errEmpty: Int
    node(k: String): Node u(k: String): U us: [U] nodes: [Node!] nodesBad: [Node] context: String info: String vars: String late: Int lateNN: Int!
    lateErr: Int undef: Int undefNN: Int! nul: Int symbol: String bigint: Int where: String
  }
  type Mutation { one: Int two: Int fail: Int failNN: Int! late: Int arg(i: Int!): Int o: O }`;

class Deep {
  a = 1;
  b = 2;
  e = 10;
  xs = [1, null, 3];
  constructor(readonly depth: number) {}
  get get(): number {
    return 5;
  }
  get getErr(): number {
    throw new GraphQLError("getter", { extensions: { code: "GET" } });
  }
  get getErrNN(): number {
    throw new Error("getterNN");
  }
  fn(): number {
    return 9;
  }
  get prom(): Promise<number> {
    return Promise.resolve(8);
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what resolvers here are given, they just hand on
type Loose = any;

const deep = (depth = 0): Deep => new Deep(depth);
const fail = (error: unknown) => () => {
  throw error;
};
const rejected = (message: string) => {
  const promise = Promise.reject(new Error(message));
  promise.catch(() => undefined);
  return promise;
};

interface Typed {
  readonly t: string;
}
const typeOf = (error: Error) => ({
  __resolveType: ({ t }: Typed) => {
    if (t === "throw") throw error;
    return t;
  },
});

const resolvers = {
  E: { A: 10, B: "bee", C: 0 },
  Date: new GraphQLScalarType({
    name: "Date",
    serialize(value) {
      if (!(value instanceof Date)) throw new GraphQLError("not a Date", { extensions: { code: "SER" } });
      return value.toISOString();
    },
    parseValue(value) {
      const date = new Date(value as string);
      if (Number.isNaN(+date)) throw new GraphQLError(`bad date ${value as string}`, { extensions: { code: "BAD_DATE" } });
      return date;
    },
  }),
  Odd: new GraphQLScalarType({ name: "Odd", serialize: (value) => [0, null, undefined, NaN, fail(new Error("odd"))][value as number] }),
  Node: typeOf(new GraphQLError("type?", { extensions: { code: "T" } })),
  U: typeOf(new Error("u?")),
  X: { bad: fail(new Error("bad")), o: () => deep(), self: (parent: unknown) => parent },
  Y: { o: async () => deep() },
  O: {
    err: fail(new GraphQLError("err", { extensions: { code: "ERR" } })),
    errNN: fail(new Error("errNN")),
    late: async () => 1,
    lateErr: async () => fail(new GraphQLError("lateErr", { extensions: { code: "LATE" } }))(),
    lateErrNN: async () => fail(new Error("lateErrNN"))(),
    lateNull: async () => null,
    o: ({ depth }: Deep) => (depth > 2 ? null : deep(depth + 1)),
    oNN: ({ depth }: Deep) => (depth > 1 ? null : deep(depth + 1)),
    list: ({ depth }: Deep) => [deep(depth + 1), null, deep(depth + 1)],
    listNN: async ({ depth }: Deep) => [deep(depth + 1), Promise.resolve(deep(depth + 1))],
    place: (_: unknown, __: unknown, ___: unknown, { path }: { path: { key: string | number } }) => String(path.key).length,
  },
  Query: {
    ...{
      i: () => 1,
      f: () => 1.5,
      s: () => "s",
      b: () => true,
      id: () => 7,
      e: (_: unknown, { e }: Loose) => e,
      es: (_: unknown, { es }: Loose) => es,
    },
    ...{
      date: (_: unknown, { d }: Loose) => d ?? new Date(0),
      odd: (_: unknown, { k }: Loose) => k,
      oddNN: async (_: unknown, { k }: Loose) => k,
    },
    echo: (_: unknown, args: Record<string, Loose>) => `${JSON.stringify(args)} ${args.i?.d instanceof Date} ${typeof args.id}`,
    ...{ o: () => deep(), oNN: () => deep(), lateO: async () => deep(), lateObjs: async () => [Promise.resolve(deep()), deep(1)] },
    os: (_: unknown, { n }: { n: number }) => Array.from({ length: n }, () => deep()),
    ...{ osNull: () => [deep(), null], osErr: () => [deep(), new GraphQLError("item", { extensions: { code: "ITEM" } })] },
    ...{ osPromErr: () => [deep(), rejected("later item")], osBoth: () => [null, rejected("left behind")] },
    ...{
      matrix: () => [[1, 2], [3, null], [4]],
      notList: () => 5,
      strList: () => "abc",
      setList: () => new Set([1, 2]),
      big: () => 2 ** 40,
    },
    ...{ nan: () => NaN, inf: () => Infinity, badEnum: () => "nope", boolInt: () => 2, objStr: () => ({ a: 1 }) },
    ...{ errObj: () => new Error("errObj"), errVal: () => new GraphQLError("errVal", { extensions: { code: "V" } }) },
    ...{ err: fail(new Error("err")), errNN: fail(new Error("errNN")), errCode: fail(new GraphQLError("coded", { extensions: { code: "CODE", more: [1] } })) }, // prettier-ignore
    errCause: async () => fail(Object.assign(new Error("cause"), { extensions: { code: "PLAIN" } }))(),
    ...{ throwStr: fail("str"), throwObj: fail({ message: "m", a: 1 }), throwNull: fail(null), errEmpty: fail(new Error("")) },
    ...{ rejectStr: async () => fail("rej")(), errPath: fail(new GraphQLError("own path", { path: ["x", 1] })) },
    node: (_: unknown, { k }: { k?: string }) => ({ t: k ?? "X", id: 1, x: 5, y: "why" }),
    u: async (_: unknown, { k }: { k?: string }) => ({ t: k ?? "Y", id: 2, x: 6, y: "q", z: 3 }),
    ...{ us: () => [{ t: "X", id: 1, x: 1 }, { t: "Y", id: 2, y: "b" }, { t: "Z", z: 9 }], nodes: () => [{ t: "X", id: 1, x: 2 }, { t: "Y", id: 2, y: "c" }] }, // prettier-ignore
    nodesBad: () => [{ t: "X", id: 1 }, { t: "throw" }, { t: "Z" }, { t: "Nope" }, {}],
    context: (_: unknown, __: unknown, { user }: { user: string }) => user,
    info: (_: unknown, __: unknown, ___: unknown, { fieldName, parentType, returnType, operation, fieldNodes }: Loose) =>
      `${fieldName} ${parentType} ${returnType} ${operation.operation} ${fieldNodes.length}`,
    vars: (_: unknown, __: unknown, ___: unknown, { variableValues }: { variableValues: object }) => JSON.stringify(variableValues),
    where: (_: unknown, __: unknown, ___: unknown, { path }: { path: { key: string } }) => path.key,
    ...{
      late: async () => 3,
      lateNN: async () => null,
      lateErr: () => rejected("lateErr"),
      undef: () => undefined,
      undefNN: () => undefined,
    },
    ...{ nul: () => null, symbol: () => Symbol("x"), bigint: () => 5n },
  },
  Mutation: {
    ...{ one: async () => 1, two: () => 2, fail: fail(new Error("fail")), failNN: fail(new Error("failNN")), late: () => rejected("late"), arg: (_: unknown, { i }: { i: number }) => i, o: () => deep() }, // prettier-ignore
  },
};

export const hostile = makeExecutableSchema({ typeDefs: TYPES, resolvers });
