import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getNamedType, graphql, type GraphQLSchema, isEnumType, isLeafType, isObjectType, parse, validate } from "graphql";
import type { Board } from "../../src/board/board";
import { readBoard } from "../../src/board/read-facts";
import { View } from "../../src/board/view";
import type { Viewer } from "../../src/board/viewer";
import { Context } from "../../src/federation/context";
import { isExternal, requirement } from "../../src/federation/requirement";
import { standalone } from "../../src/federation/standalone";
import { createRelease } from "../../src/subgraphs/scores/create-release";
import { createTestDatabase, type TestDatabase } from "../support/database";
import { joinedSchema } from "../support/joined";
import { seed } from "../support/seed";
import { viewerOf } from "../support/viewer-of";

/** Who gets a field: A anybody, S a stranger with an account, O the owner, D an admin. */
type Who = "ASOD" | "SOD" | "OD" | "D" | "O" | "";

interface Row {
  readonly type: string;
  /** Where such a thing is found, `*` standing for its fields. Several: a field may be found at one of them. Else by its id, as a gateway asks. */
  readonly at: readonly string[] | { readonly id: string };
  readonly fields: Partial<Record<Who, string>>;
  /** Key of the account of the owner. Default: that of the private model, who owns nothing else. */
  readonly owner?: "lab";
}

const PUBLIC_MODEL = `model(domain: "vision", name: "alpha")`;
const PRIVATE_MODEL = `nodes(ids: ["SECRET"])`;
const STANDINGS = `standings(domain: "vision")`;

const MODEL = `id name isPublic domain citedReferences reference bibliography submittedAt competition group visualDegrees metadata contributor
  layers usage trend scores score`;
const SCORE = `id model benchmark version state value display error rank rankInterval tiedWith percentile coverage contributions observation
  history statistics parent children`;
const OBSERVATION = "id raw ceiled error failed startedAt endedAt retractedAt retractionReason version";
const METADATA = `architecture family parameterCount trainableParameterCount layerCount trainableLayerCount sizeMegabytes trainingDataset
  taskSpecialization isRunnable sourceUrl huggingFaceUrl notes`;
const REFERENCE = "id domain key label title authors year url doi citation models";

/** Every field of every type with who gets it. What stands nowhere here makes this test fail: say who is to get it. */
const TABLE: readonly Row[] = [
  { type: "Query", at: ["*"], fields: { ASOD: "domains domain benchmark benchmarks model models reference references bibliography standings changes releases rateLimit node nodes", SOD: "viewer" } }, // prettier-ignore
  { type: "Domain", at: [`domain(slug: "vision") { * }`], fields: { ASOD: "id slug name usage license roots benchmarkCount leafCount references modelCount" } }, // prettier-ignore
  { type: "Benchmark", at: ["a", "average"].map((name) => `benchmark(domain: "vision", identifier: "${name}") { * }`), fields: { ASOD: "id domain identifier isVisible isRaw rankDecimals shortName depth isLeaf leafCount parent children ancestors descendants version versions reference correlation statistics leaderboard" } }, // prettier-ignore
  { type: "BenchmarkVersion", at: [`benchmark(domain: "vision", identifier: "a") { versions { * } }`], fields: { ASOD: "id number ceiling ceilingError benchmark isCurrent stimuli recording metric validFrom validTo" } }, // prettier-ignore
  { type: "Stimuli", at: [`benchmark(domain: "vision", identifier: "a") { version { stimuli { * } } }`], fields: { ASOD: "count kind subtype sizeMegabytes notes samples" } }, // prettier-ignore
  { type: "StimulusSample", at: [`benchmark(domain: "vision", identifier: "a") { version { stimuli { samples { * } } } }`], fields: { ASOD: "position url" } }, // prettier-ignore
  { type: "Recording", at: [`benchmark(domain: "vision", identifier: "a") { version { recording { * } } }`], fields: { ASOD: "sites region hemisphere species subjects kind task durationMilliseconds preprocessing isPublic notes" } }, // prettier-ignore
  { type: "Metric", at: [`benchmark(domain: "vision", identifier: "a") { version { metric { * } } }`], fields: { ASOD: "name citation isPublic notes" } }, // prettier-ignore

  { type: "Model", at: [`${PUBLIC_MODEL} { * }`], fields: { ASOD: MODEL } },
  { type: "Model", at: [`${PRIVATE_MODEL} { ... on Model { * } }`], fields: { OD: MODEL } },
  { type: "ModelMetadata", at: [`${PUBLIC_MODEL} { metadata { * } }`], fields: { ASOD: METADATA } },
  { type: "ModelMetadata", at: [`${PRIVATE_MODEL} { ... on Model { metadata { * } } }`], fields: { OD: METADATA } },
  { type: "LayerCommitment", at: [`${PUBLIC_MODEL} { layers { * } }`], fields: { ASOD: "region layer" } },
  { type: "LayerCommitment", at: [`${PRIVATE_MODEL} { ... on Model { layers { * } } }`], fields: { OD: "region layer" } },
  { type: "TrendPoint", at: [`${PUBLIC_MODEL} { trend(every: QUARTER, from: "2019-01-01") { * } }`], fields: { ASOD: "at value rank of coverage newLeaves newVersions" } }, // prettier-ignore
  { type: "TrendPoint", at: [`${PRIVATE_MODEL} { ... on Model { trend(every: QUARTER, from: "2019-01-01") { * } } }`], fields: { OD: "at value rank of coverage newLeaves newVersions" } }, // prettier-ignore
  { type: "Contributor", at: [`${PUBLIC_MODEL} { contributor { * } }`], fields: { ASOD: "id displayName models" } },
  { type: "Contributor", at: [`nodes(ids: ["QUIET"]) { ... on Contributor { * } }`], fields: { OD: "id displayName models" } },
  {
    type: "Reference",
    at: [`references(domain: "vision", keys: ["Work2020"]) { nodes { * } }`],
    fields: { ASOD: `${REFERENCE} benchmarks` },
  },
  { type: "Reference", at: [`references(domain: "vision", keys: ["Secret2020"]) { nodes { * } }`], fields: { OD: REFERENCE, "": "benchmarks" } }, // prettier-ignore

  { type: "Score", at: ["a", "average"].map((name) => `${PUBLIC_MODEL} { score(benchmark: "${name}") { * } }`), fields: { ASOD: SCORE } },
  { type: "Score", at: ["a", "average"].map((name) => `${PRIVATE_MODEL} { ... on Model { score(benchmark: "${name}") { * } } }`), fields: { OD: SCORE } }, // prettier-ignore
  { type: "Observation", at: [`${PUBLIC_MODEL} { score(benchmark: "a") { history { * } } }`], fields: { ASOD: OBSERVATION, OD: "comment submission" }, owner: "lab" }, // prettier-ignore
  { type: "Observation", at: [`${PRIVATE_MODEL} { ... on Model { score(benchmark: "a") { history { * } } } }`], fields: { OD: `${OBSERVATION} comment submission` } }, // prettier-ignore
  { type: "RankInterval", at: [`${PUBLIC_MODEL} { score(benchmark: "a") { rankInterval { * } } }`], fields: { ASOD: "best worst" } },
  { type: "Coverage", at: [`${PUBLIC_MODEL} { score(benchmark: "a") { coverage { * } } }`], fields: { ASOD: "scored leaves" } },
  { type: "Contribution", at: [`${PUBLIC_MODEL} { score(benchmark: "a") { contributions { * } } }`], fields: { ASOD: "benchmark value" } },
  { type: "Statistics", at: [`${STANDINGS} { statistics(benchmark: "a") { * } }`], fields: { ASOD: "count failed notRun min max mean median lowerQuartile upperQuartile standardDeviation best histogram" } }, // prettier-ignore
  { type: "HistogramBin", at: [`${STANDINGS} { statistics(benchmark: "a") { histogram { * } } }`], fields: { ASOD: "min max count" } },
  { type: "Standings", at: ["", `asOf: "2026-01-01"`, `release: "first"`].map((under) => `standings(domain: "vision", under: { ${under} }) { * }`), fields: { ASOD: "domain revision asOf release populationSize tree matrix citedReferences leaderboard score statistics compare correlation correlations scatter" } }, // prettier-ignore
  { type: "StandingsNode", at: [`${STANDINGS} { tree { * } }`], fields: { ASOD: "benchmark parent depth leafCount weight version statistics" } }, // prettier-ignore
  { type: "ScoreMatrix", at: [`${STANDINGS} { matrix { * } }`], fields: { ASOD: "models benchmarks states values errors ranks" } },
  { type: "LeaderboardRow", at: [`${STANDINGS} { leaderboard(benchmark: "a") { nodes { * } } }`], fields: { ASOD: "rank model score scores" } }, // prettier-ignore
  { type: "Comparison", at: [`${STANDINGS} { compare(models: ["alpha", "beta"]) { * } }`], fields: { ASOD: "models sharedLeaves pairs rows" } }, // prettier-ignore
  { type: "Comparison", at: [`${STANDINGS} { compare(models: ["alpha", "secret"]) { * } }`], fields: { OD: "models sharedLeaves pairs rows" } }, // prettier-ignore
  { type: "PairComparison", at: [`${STANDINGS} { compare(models: ["alpha", "beta"]) { pairs { * } } }`], fields: { ASOD: "a b sharedLeaves aWins bWins ties pearson spearman differences" } }, // prettier-ignore
  { type: "ComparisonRow", at: [`${STANDINGS} { compare(models: ["alpha", "beta"]) { rows { * } } }`], fields: { ASOD: "benchmark scores" } }, // prettier-ignore
  { type: "Correlation", at: [`${STANDINGS} { correlation(x: "a", y: "b") { * } }`], fields: { ASOD: "x y method r count pValue slope intercept" } }, // prettier-ignore
  { type: "ScatterPoint", at: [`${STANDINGS} { scatter(x: "a", y: "b") { * } }`], fields: { ASOD: "model x y" } },
  { type: "Change", at: [`changes(domain: "vision", from: { asOf: "2021-06-01" }, benchmark: "a") { nodes { * } }`], fields: { ASOD: "before after model benchmark rankGain valueGain contributions" } }, // prettier-ignore
  { type: "Release", at: [`releases(domain: "vision") { * }`], fields: { ASOD: "id name createdAt notes checksum domain revision" } },

  { type: "Account", at: { id: "ACCOUNT" }, fields: { OD: "id key displayName role models submissions apiKeys" } },
  { type: "Submission", at: [`${PUBLIC_MODEL} { score(benchmark: "a") { history { submission { * } } } }`], fields: { OD: "id key submittedAt contributor scoreCount revision scores" }, owner: "lab" }, // prettier-ignore
  { type: "ApiKey", at: [`viewer { apiKeys { * } }`], fields: { O: "id name prefix createdAt lastUsedAt expiresAt revokedAt" } },

  { type: "RateLimit", at: [`rateLimit { * }`], fields: { ASOD: "limit cost remaining resetAt nodeCount" } },

  { type: "PageInfo", at: [`models(domain: "vision", first: 1) { pageInfo { * } }`], fields: { ASOD: "hasNextPage hasPreviousPage startCursor endCursor" } }, // prettier-ignore
  ...["Model", "Benchmark", "Reference", "Change", "Leaderboard", "Submission"].flatMap((name): Row[] => [
    { type: `${name}Connection`, at: [], fields: { ASOD: "edges nodes pageInfo totalCount" } },
    { type: `${name}Edge`, at: [], fields: { ASOD: "cursor node" } },
  ]),

  // What is written: who may, beyond being told NOT_ALLOWED. Payloads hold what the writer may see.
  { type: "Mutation", at: ["*"], fields: { SOD: "registerReference registerModel updateModel submitScores retractScores createApiKey revokeApiKey", D: "registerBenchmark updateBenchmark setBenchmarkVisibility addBenchmarkVersion createRelease createAccount" } }, // prettier-ignore
  { type: "UserError", at: [], fields: { ASOD: "code message path" } },
  { type: "RegisterReferencePayload", at: [], fields: { SOD: "reference isNew revision userErrors" } },
  { type: "RegisterModelPayload", at: [], fields: { SOD: "model revision userErrors" } },
  { type: "UpdateModelPayload", at: [], fields: { SOD: "model revision userErrors" } },
  { type: "SubmitScoresPayload", at: [], fields: { SOD: "submission replayed revision userErrors" } },
  { type: "RetractScoresPayload", at: [], fields: { SOD: "observations revision userErrors" } },
  { type: "CreateApiKeyPayload", at: [], fields: { SOD: "apiKey secret userErrors" } },
  { type: "RevokeApiKeyPayload", at: [], fields: { SOD: "apiKey userErrors" } },
  { type: "RegisterBenchmarkPayload", at: [], fields: { D: "benchmark revision userErrors" } },
  { type: "UpdateBenchmarkPayload", at: [], fields: { D: "benchmark revision userErrors" } },
  { type: "SetBenchmarkVisibilityPayload", at: [], fields: { D: "benchmark revision userErrors" } },
  { type: "AddBenchmarkVersionPayload", at: [], fields: { D: "version revision userErrors" } },
  { type: "CreateReleasePayload", at: [], fields: { D: "release userErrors" } },
  { type: "CreateAccountPayload", at: [], fields: { D: "account userErrors" } },
  { type: "Subscription", at: [], fields: { ASOD: "standingsChanged" } },
  { type: "StandingsChange", at: [], fields: { ASOD: "revision benchmark movers" } },
];

/** What arguments are given that must be given. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  ...{
    domain: `"vision"`,
    slug: `"vision"`,
    identifier: `"a"`,
    benchmark: `"a"`,
    with: `"b"`,
    x: `"a"`,
    y: `"b"`,
    benchmarks: `["a", "b"]`,
  },
  ...{ name: `"alpha"`, model: `"alpha"`, models: `["alpha", "beta"]`, from: `{ asOf: "2021-06-01" }` },
  ...{ references: `["REFERENCE"]`, id: `"REFERENCE"`, ids: `["REFERENCE"]` },
};

const { schema, subgraphs } = joinedSchema();
const alone = subgraphs.map((each) => standalone(each));
const words = (text: string) => text.split(/\s+/);

let database: TestDatabase;
let board: Board;
let viewers: Record<"A" | "S" | "O" | "D" | "lab", Viewer>;
const named: Record<string, string> = {};
beforeAll(async () => {
  database = await createTestDatabase();
  const { dataSource } = database;
  const recording = { sites: 1, region: "V1", hemisphere: "left", species: "macaque", subjects: 2, kind: "x", task: "x" };
  const version = {
    ...{ ceiling: 0.9, ceiling_error: 0.1, stimuli_count: 2, stimuli_kind: "images", stimuli_subtype: "x", stimuli_size_megabytes: 1 },
    ...{ stimuli_notes: "x", samples: [{ position: 1, url: "https://example.org/1.png" }] },
    ...Object.fromEntries(Object.entries(recording).map(([name, value]) => [`recording_${name}`, value])),
    ...{ recording_duration_milliseconds: 1, recording_preprocessing: "x", recording_is_public: true, recording_notes: "x" },
    ...{ metric_name: "x", metric_citation: "x", metric_is_public: true, metric_notes: "x" },
  };
  const columns = {
    ...{ submitted_at: "2020-01-01T00:00:00Z", competition: "x", group: "x", visual_degrees: 8, layers: [{ region: "V1", layer: "x" }] },
    ...{ architecture: "x", family: "x", parameter_count: 1, trainable_parameter_count: 1, layer_count: 1, trainable_layer_count: 1 },
    ...{ size_megabytes: 1, training_dataset: "x", task_specialization: "x", is_runnable: true, notes: "x" },
    ...{ source_url: "https://example.org/", hugging_face_url: "https://example.org/" },
  };
  const run = (ceiled: number, at: string) => ({ raw: ceiled, ceiled, error: 0.01, startedAt: "2020-01-01", endedAt: at, comment: "x" });
  const story = seed(dataSource)
    .domain("vision", { references: ["Work2020"], columns: { usage: "{name}", license: "CC0" } })
    .reference("Work2020", { doi: "10.1/x", url: "https://example.org/x" })
    .reference("Secret2020", { doi: "10.1/y", url: "https://example.org/y" })
    .tree("average\n  a  versions 1 2, reference Work2020\n  b  reference Work2020\n  c\nother\n  d")
    .version("a", 2, version)
    .account("stranger")
    .account("chief", { role: "ADMIN" })
    .account("lab", { display_name: "The lab" })
    .model("alpha", { owner: "lab", reference: "Work2020", columns })
    .model("secret", { owner: "quiet", isPublic: false, reference: "Secret2020", columns })
    .also(async ({ query, change }) => {
      const rows = await query("SELECT pk FROM account WHERE key = 'quiet'");
      await change("account", [{ pk: rows[0].pk, display_name: "Quiet" }]);
    });
  for (const [place, name] of ["alpha", "secret"].entries())
    story
      .score(name, "a", { version: 1, ...run(0.3, "2020-02-01"), submission: "first" })
      .score(name, "a", { ...run(0.5 + place / 5, "2021-01-01"), submission: "first" })
      .score(name, "a", { ...run(0.2, "2021-02-01"), retractedAt: "2022-01-01", retractionReason: "x" })
      .score(name, "b", run(0.4, "2021-01-01"))
      .score(name, "c", run(0.6, "2021-01-01"));
  for (const [place, name] of ["beta", "gamma", "delta"].entries())
    for (const leaf of ["a", "b", "c"]) story.model(`${name}-${leaf}`).score(`${name}-${leaf}`, leaf, run(0.1 * place + 0.5, `202${place}-12-01`)); // prettier-ignore
  story.model("beta");
  for (const [place, leaf] of ["a", "b", "c"].entries()) story.score("beta", leaf, run(0.3 + place / 5, "2022-06-01"));
  story.model("gamma");
  for (const [place, leaf] of ["a", "b", "c"].entries()) story.score("gamma", leaf, run(0.9 - place / 7, "2022-06-01"));
  await story.write();
  await dataSource.query(
    `INSERT INTO api_key (id, account_pk, name, prefix, hash, last_used_at, expires_at, revoked_at)
     SELECT 'api-key_x', pk, 'x', 'st_x', decode(repeat('00', 32), 'hex'), now(), now(), now() FROM account WHERE key = 'quiet'`,
  );
  await createRelease(dataSource, { domain: "vision", name: "first", notes: "x" });
  board = await readBoard(dataSource);
  const owner = await viewerOf(dataSource, "quiet");
  const chief = await viewerOf(dataSource, "chief");
  viewers = {
    A: null,
    S: await viewerOf(dataSource, "stranger"),
    O: owner,
    D: { ...chief!, isAdmin: true },
    lab: await viewerOf(dataSource, "lab"),
  };
  for (const [name, sql] of Object.entries({
    SECRET: "SELECT id FROM model WHERE name = 'secret'",
    QUIET: "SELECT contributor_id AS id FROM account WHERE key = 'quiet'",
    ACCOUNT: "SELECT id FROM account WHERE key = 'quiet'",
    REFERENCE: "SELECT id FROM reference WHERE key = 'Work2020'",
  }))
    named[name] = (await dataSource.query(sql))[0].id;
});
afterAll(() => database?.drop());

/** A value for an argument or a field of an input, of the right type and of no meaning. */
function anything(type: string): string {
  const input = schema.getType(type.replace(/[![\]]/g, ""));
  if (type.startsWith("[")) return `[${anything(type.slice(1).replace(/\]!?$/, ""))}]`;
  if (isEnumType(input)) return input.getValues()[0].name;
  if (input && "getFields" in input)
    return `{ ${Object.values(input.getFields()).flatMap((field) => (String(field.type).endsWith("!") ? [`${field.name}: ${anything(String(field.type))}`] : [])).join(", ")} }`; // prettier-ignore
  return { Int: "1", Float: "1", Boolean: "false", DateTime: `"2020-01-01"` }[type.replace("!", "")] ?? `"zzz"`;
}

/** A field as it is asked for, under the name `it`. */
function asked(type: string, name: string, inSchema: GraphQLSchema): string {
  const of = inSchema.getType(type);
  const field = isObjectType(of) ? of.getFields()[name] : undefined;
  if (!field) return "";
  const given = field.args.filter(({ type: needed }) => String(needed).endsWith("!"));
  const extra = name === "reference" && type === "Query" ? [`key: "Work2020"`] : [];
  const args = [...given.map((each) => `${each.name}: ${ARGUMENTS[each.name] ?? anything(String(each.type))}`), ...extra].join(", ");
  const result = getNamedType(field.type);
  const selection = isLeafType(result) ? "" : result.name.endsWith("Connection") ? "{ totalCount }" : result.name.endsWith("Payload") ? "{ userErrors { code path } }" : "{ __typename }"; // prettier-ignore
  return `it: ${name}${args ? `(${args})` : ""} ${selection}`;
}

/** The values of every `it` in an answer. */
const values = (value: unknown): unknown[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => (key === "it" ? [inner] : values(inner)))
    : [];

function isShown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isShown);
  if (value === null || value === undefined) return false;
  const { totalCount, userErrors } = value as { totalCount?: number; userErrors?: { code: string; path: string[] }[] };
  if (userErrors) return !userErrors.some(({ code, path }) => code === "NOT_ALLOWED" && path.length === 0);
  return totalCount !== 0;
}

/** Who gets a field of a row, as letters. */
async function whoGets({ type, at, owner }: Row, name: string): Promise<string> {
  const isById = !Array.isArray(at);
  const places = isById ? [`_entities(representations: [{ __typename: "${type}", id: "${(at as { id: string }).id}" }]) { ... on ${type} { * } }`] : (at as string[]); // prettier-ignore
  let letters = "";
  for (const letter of ["A", "S", "O", "D"] as const) {
    const viewer = viewers[letter === "O" && owner ? owner : letter];
    let isGot = false;
    // Of an id only the type's own subgraph knows whose it is: others take it as it comes.
    const asks = alone.filter((_, at) => name !== "id" || subgraphs[at].entities[type]?.isOwned);
    for (const inSchema of isById ? asks : [schema]) {
      const of = inSchema.getType(type);
      const own = isObjectType(of) ? of.getFields()[name] : undefined;
      if (!own || isExternal(own) || (isById && requirement(own))) continue;
      for (const place of places) {
        const text = place.replace("*", asked(type, name, inSchema));
        const source = Object.entries(named).reduce((all, [word, id]) => all.replaceAll(word, id), `${type === "Mutation" ? "mutation" : "query"} { ${text} }`); // prettier-ignore
        expect([source, validate(inSchema, parse(source)).map(({ message }) => message)]).toEqual([source, []]);
        const contextValue = new Context({
          view: new View(board, viewer),
          viewAt: async () => new View(board, viewer),
          dataSource: database.dataSource,
          baseUrl: "http://test",
          rateLimit: () => ({ limit: 2, cost: 1, remaining: 1, resetAt: new Date(), nodeCount: 1 }),
        });
        const { data } = await graphql({ schema: inSchema, source, contextValue });
        isGot ||= values(data).some(isShown);
      }
    }
    if (isGot) letters += letter;
  }
  return letters;
}

describe("who gets what (§10)", () => {
  it("is said of every field of every type", () => {
    const said = new Set(TABLE.flatMap(({ type, fields }) => Object.values(fields).flatMap((names) => words(names).map((name) => `${type}.${name}`)))); // prettier-ignore
    const there = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && !type.name.startsWith("__") ? Object.keys(type.getFields()).map((name) => `${type.name}.${name}`) : [],
    );
    expect(there.filter((field) => !said.has(field))).toEqual([]);
    expect([...said].filter((field) => !there.includes(field))).toEqual([]);
  });

  it.each(
    TABLE.filter(({ at }) => !Array.isArray(at) || at.length > 0).map(
      (row) => [row.type, Array.isArray(row.at) ? row.at[0] : "by id", row] as const,
    ),
  )(
    // prettier-ignore
    "%s at %s: anybody, a stranger, the owner, an admin",
    async (_type, _at, row) => {
      const got: Record<string, string> = {};
      const expected: Record<string, string> = {};
      for (const [who, names] of Object.entries(row.fields))
        for (const name of words(names)) {
          expected[name] = who;
          got[name] = await whoGets(row, name);
        }
      expect(got).toEqual(expected);
    },
    60_000,
  );
});
