import { describe, expect, it } from "@jest/globals";
import { type ConstDirectiveNode, type DocumentNode, Kind, parse } from "graphql";
import { joinedSchema } from "../support/joined";

/**
 * Which subgraphs answer each field of the types that several know: their names, after `shareable:` where each answers for itself, and after
 * `external:` where it only takes what another one says; `requires(…)` stands for what it needs for that.
 */
const OWNERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Domain: {
    "benchmarks citations models scores": "id",
    "benchmarks models": "slug",
    benchmarks: "benchmarkCount leafCount license name roots",
    "benchmarks models:external": "usage",
    citations: "references",
    scores: "modelCount",
  },
  Benchmark: {
    "benchmarks citations scores": "id",
    "benchmarks:shareable scores:shareable": "depth identifier isLeaf isVisible leafCount shortName",
    benchmarks: "ancestors children descendants domain isRaw parent rankDecimals version versions",
    citations: "reference",
    scores: "correlation leaderboard statistics",
  },
  BenchmarkVersion: {
    "benchmarks scores": "id",
    "benchmarks:shareable scores:shareable": "number",
    benchmarks: "benchmark ceiling ceilingError isCurrent metric recording stimuli",
    scores: "validFrom validTo",
  },
  Model: {
    "citations models scores": "id",
    "models:shareable scores:shareable": "isPublic name",
    models: "competition contributor domain group layers metadata submittedAt visualDegrees",
    "models:requires(domain { usage })": "usage",
    scores: "score scores trend",
    "citations:external scores": "citedReferences",
    citations: "reference",
    "citations:requires(citedReferences { id })": "bibliography",
  },
  Contributor: { "models scores submissions": "id", models: "models", submissions: "displayName" },
  Reference: {
    "benchmarks citations models scores": "id",
    citations: "authors citation doi domain key label title url year",
    benchmarks: "benchmarks",
    models: "models",
  },
  Account: { "models submissions": "id", submissions: "apiKeys displayName key role submissions", models: "models" },
  Submission: {
    "scores submissions": "id",
    submissions: "contributor key scoreCount submittedAt",
    "scores:external submissions": "revision",
    "scores:requires(revision)": "scores",
  },
  Observation: {
    "scores submissions": "id",
    scores: "ceiled comment endedAt error failed raw retractedAt retractionReason startedAt submission version",
  },
  Query: {
    benchmarks: "benchmark domain domains",
    models: "model",
    scores: "benchmarks changes models node nodes releases standings",
    citations: "bibliography reference references",
    submissions: "rateLimit viewer",
  },
  Mutation: {
    benchmarks: "addBenchmarkVersion registerBenchmark setBenchmarkVisibility updateBenchmark",
    models: "registerModel updateModel",
    scores: "createRelease",
    citations: "registerReference",
    submissions: "createAccount createApiKey retractScores revokeApiKey submitScores",
  },
  Subscription: { scores: "standingsChanged" },
};

/** Types without keys that more than one subgraph makes; pages of lists are made alike everywhere. */
const SHARED = ["ModelConnection", "ModelEdge", "PageInfo", "UserError"];

const documents: [string, DocumentNode][] = joinedSchema().subgraphs.map(({ name, sdl }) => [name, parse(sdl)]);

function mark(directives: readonly ConstDirectiveNode[]): string {
  const known = directives.filter(({ name }) => ["shareable", "external", "requires"].includes(name.value));
  return known
    .map(({ name, arguments: [fields] = [] }) =>
      name.value === "requires" ? `:requires(${fields.value.kind === Kind.STRING ? fields.value.value : ""})` : `:${name.value}`,
    )
    .join("");
}

/** By type and field: the subgraphs that know it, with marks. */
function known(): Map<string, Map<string, string[]>> {
  const types = new Map<string, Map<string, string[]>>();
  for (const [subgraph, { definitions }] of documents)
    for (const type of definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      const fields = types.get(type.name.value) ?? new Map<string, string[]>();
      types.set(type.name.value, fields);
      for (const { name, directives = [] } of type.fields ?? []) {
        const all = [...(type.directives ?? []).filter((directive) => directive.name.value === "shareable"), ...directives];
        fields.set(name.value, [...(fields.get(name.value) ?? []), subgraph + mark(all)]);
      }
    }
  return types;
}

describe("who owns which field", () => {
  it.each(Object.entries(OWNERS))("%s: each field is answered where the table says, and nowhere else", (type, expected) => {
    const told: Record<string, string> = {};
    for (const [field, subgraphs] of [...known().get(type)!].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const key = [...subgraphs].sort().join(" ");
      told[key] = told[key] ? `${told[key]} ${field}` : field;
    }
    expect(told).toEqual(expected);
  });

  it("every other type is one subgraph's alone, but for pages of models, page ends and faults of inputs", () => {
    for (const [type, fields] of known()) {
      if (type in OWNERS) continue;
      const subgraphs = new Set([...fields.values()].flat());
      const isShared = [...subgraphs].every((name) => name.endsWith(":shareable"));
      if (SHARED.includes(type)) expect([type, isShared]).toEqual([type, true]);
      else expect([type, [...subgraphs]]).toEqual([type, [expect.stringMatching(/^[a-z]+$/)]]);
      expect([type, isShared && !SHARED.includes(type) && !/(Connection|Edge)$/.test(type)]).toEqual([type, false]);
    }
  });

  it("every input and every choice stands in one subgraph: nothing can drift", () => {
    const places = new Map<string, string[]>();
    for (const [subgraph, { definitions }] of documents)
      for (const type of definitions)
        if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || type.kind === Kind.ENUM_TYPE_DEFINITION)
          places.set(type.name.value, [...(places.get(type.name.value) ?? []), subgraph]);
    expect([...places].filter(([name, subgraphs]) => subgraphs.length > 1 && name !== "UserErrorCode")).toEqual([]);
  });
});
