import type { GraphQLSchema } from "graphql";
import type { Seeded } from "../../bench/seeded";
import type { Asked } from "../support/ask-both";
import { createQueryGenerator, type Pools } from "../support/generate-query";
import { varyQuery } from "../support/vary-query";
import { pools } from "../flows/twin-questions";
import { NASTY_INTEGERS, NASTY_NAMES, NASTY_NUMBERS, NASTY_TEXTS } from "./nasty-values";
import { spoilDocument } from "./spoil-document";

const BIBTEX = [
  "@misc{A, title={B}}",
  "@article{Ü, author={{, year={\\}}",
  "@misc{A, doi={10.1000/leaf}}",
  "@string{a=b}",
  "%".repeat(5_000),
];

/** So many values that exist come on one that is nasty: most operations have many. */
const REAL = 8;

/** Halves of characters cannot stand in a document, only in variables and where it is spoilt. */
const WRITABLE = NASTY_TEXTS.filter((text) => !/[\ud800-\udfff]/u.test(text));

/** What exists, between what is nasty: each name of an argument keeps values that lead somewhere. */
export function nastyPools(ids: readonly string[], cursors: readonly string[]): Pools {
  const known = pools(ids, cursors);
  const numbers = new Set(["confidence", "weight", "Float"]);
  const integers = new Set(["first", "last", "bins", "Int"]);
  const mixed = Object.entries(known).map(([name, values]) => {
    if (name === "Boolean") return [name, values];
    const nasty: readonly unknown[] = numbers.has(name) ? NASTY_NUMBERS : integers.has(name) ? NASTY_INTEGERS : WRITABLE;
    const real = Array.from({ length: Math.ceil((REAL * nasty.length) / Math.max(1, values.length)) }, () => values).flat();
    // Cursors come to be known as answers are read.
    return [name, values === cursors ? values : [...real, ...nasty]];
  });
  return { ...(Object.fromEntries(mixed) as Pools), bibtex: [...BIBTEX, ...WRITABLE], model: [...known.model, ...ids, ...WRITABLE] };
}

export interface DrawOptions {
  readonly random: Seeded;
  readonly pools: Pools;
  /** Share of operations that write, 0 to 1. */
  readonly writing: number;
}

/** Draws an operation of a schema with its variables: a good one, or almost. */
export function drawOperation(schema: GraphQLSchema, { random, pools: from, writing }: DrawOptions): Asked {
  const operation = random.uniform() < writing ? "mutation" : "query";
  const generate = createQueryGenerator(schema, { random, pools: from, size: 30, operation });
  const { query, variables } = varyQuery(schema, generate(), random);
  const isSpoilt = random.uniform() < 0.2;
  return {
    query: isSpoilt ? spoilDocument(query, random) : query,
    variables: random.uniform() < 0.15 ? spoilVariables(variables!, random) : variables,
  };
}

/** Leaves out a variable, gives it another value, or adds ones that nobody asked for. */
function spoilVariables(variables: Readonly<Record<string, unknown>>, random: Seeded): Readonly<Record<string, unknown>> {
  const entries = Object.entries(variables);
  const at = random.integer(Math.max(1, entries.length));
  const values = [...NASTY_TEXTS, ...NASTY_INTEGERS, null, [[[]]], { __proto__: null, a: 1 }, Array.from({ length: 1_001 }, () => "x")];
  const value = values[random.integer(values.length)];
  if (random.uniform() < 0.3) entries.splice(at, 1);
  else if (random.uniform() < 0.5) entries[at] = [entries[at]?.[0] ?? "v0", value];
  else entries.push([NASTY_NAMES[random.integer(NASTY_NAMES.length)], value]);
  // `__proto__` becomes a key like any other, as it is one in JSON.
  return Object.fromEntries(entries);
}
